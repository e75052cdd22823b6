# expects: Initiative-prefLabel UniqueLangConstraintComponent
# expects: Initiative-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    initiative:telemedicine skos:prefLabel "もう一つ"@ja .
}
