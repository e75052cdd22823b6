# expects: Term-status MaxCountConstraintComponent

PREFIX s5: <ontology#>
PREFIX vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#>

INSERT DATA {
    s5:activityOf vs:term_status "testing" .
}
