# expects: Initiative-description DatatypeConstraintComponent
# expects: Initiative-description LanguageInConstraintComponent
# expects: Initiative-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:description "タグなし" .
}
