# expects: Term-label UniqueLangConstraintComponent
# expects: Term-label MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:activityOf rdfs:label "もう一つ"@ja .
}
