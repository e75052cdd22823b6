# expects: Organization-seat ClassConstraintComponent
# expects: OrganizationAdvice-seatOutside SPARQLConstraintComponent
# The value is no s5:Municipality.

PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE { organization:sorachi-bureau s5:seat ?old }
INSERT { organization:sorachi-bureau s5:seat <id/none/unknown> }
WHERE { organization:sorachi-bureau s5:seat ?old }
