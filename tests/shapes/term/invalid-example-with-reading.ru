# expects: Term-example MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    s5:activityOf skos:example "ヨミ"@ja-hrkt .
}
