# expects: Organization-prefLabel UniqueLangConstraintComponent
# expects: Organization-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:prefLabel "もう一つ"@ja .
}
