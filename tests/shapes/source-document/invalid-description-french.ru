# expects: SourceDocument-description LanguageInConstraintComponent
# expects: SourceDocument-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

INSERT DATA {
    document:direction dcterms:description "texte"@fr .
}
