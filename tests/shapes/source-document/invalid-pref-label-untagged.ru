# expects: SourceDocument-prefLabel DatatypeConstraintComponent
# expects: SourceDocument-prefLabel LanguageInConstraintComponent
# expects: SourceDocument-prefLabel MaxCountConstraintComponent
# A text without a language tag.

PREFIX document: <id/document/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    document:direction skos:prefLabel "タグなし" .
}
