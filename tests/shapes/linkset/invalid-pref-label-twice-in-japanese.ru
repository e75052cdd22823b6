# expects: Linkset-prefLabel UniqueLangConstraintComponent
# expects: Linkset-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX linkset: <id/linkset/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    linkset:wikidata-confirmed skos:prefLabel "もう一つ"@ja .
}
