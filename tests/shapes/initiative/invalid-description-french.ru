# expects: Initiative-description LanguageInConstraintComponent
# expects: Initiative-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:description "texte"@fr .
}
