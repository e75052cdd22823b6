# expects: Term-label MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:activityOf rdfs:label "ヨミ"@ja-hrkt .
}
