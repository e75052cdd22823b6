# expects: Term-status MinCountConstraintComponent

PREFIX s5: <ontology#>
PREFIX vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#>

DELETE WHERE { s5:activityOf vs:term_status ?value }
