# expects: Organization-jurisdiction ClassConstraintComponent
# expects: OrganizationAdvice-seatOutside SPARQLConstraintComponent
# The value is no s5:Region.

PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE { organization:sorachi-bureau s5:jurisdiction ?old }
INSERT { organization:sorachi-bureau s5:jurisdiction <id/none/unknown> }
WHERE { organization:sorachi-bureau s5:jurisdiction ?old }
