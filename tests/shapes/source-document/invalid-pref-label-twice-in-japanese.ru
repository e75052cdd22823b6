# expects: SourceDocument-prefLabel UniqueLangConstraintComponent
# expects: SourceDocument-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX document: <id/document/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    document:direction skos:prefLabel "もう一つ"@ja .
}
