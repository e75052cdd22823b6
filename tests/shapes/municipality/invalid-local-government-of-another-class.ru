# expects: AdministrativeUnit-localGovernment ClassConstraintComponent
# A bureau is no local government.

PREFIX municipality: <id/municipality/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX s5: <ontology#>

DELETE { ?body a org:FormalOrganization }
INSERT { ?body a org:OrganizationalUnit }
WHERE { municipality:011002 s5:localGovernment ?body }
