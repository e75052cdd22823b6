# expects: Region-bureau ClassConstraintComponent
# The value is no org:OrganizationalUnit.

PREFIX region: <id/region/>
PREFIX s5: <ontology#>

DELETE { region:sorachi s5:bureau ?old }
INSERT { region:sorachi s5:bureau <id/none/unknown> }
WHERE { region:sorachi s5:bureau ?old }
