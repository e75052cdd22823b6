# expects: SourceDocument-description DatatypeConstraintComponent
# expects: SourceDocument-description LanguageInConstraintComponent
# expects: SourceDocument-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

INSERT DATA {
    document:direction dcterms:description "タグなし" .
}
