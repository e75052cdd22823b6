# expects: ConceptScheme-definition UniqueLangConstraintComponent
# expects: ConceptScheme-definition MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    scheme:topic skos:definition "もう一つ"@ja .
}
