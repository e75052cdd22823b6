# expects: Term-status DatatypeConstraintComponent
# expects: Term-status InConstraintComponent

PREFIX s5: <ontology#>
PREFIX vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#>

DELETE { s5:activityOf vs:term_status ?old }
INSERT { s5:activityOf vs:term_status "stable"@en }
WHERE { s5:activityOf vs:term_status ?old }
