# expects: Term-example UniqueLangConstraintComponent
# expects: Term-example MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    s5:activityOf skos:example "もう一つ"@ja .
}
