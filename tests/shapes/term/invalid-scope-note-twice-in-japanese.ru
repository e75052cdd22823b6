# expects: Term-scopeNote UniqueLangConstraintComponent
# expects: Term-scopeNote MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    s5:activityOf skos:scopeNote "もう一つ"@ja .
}
