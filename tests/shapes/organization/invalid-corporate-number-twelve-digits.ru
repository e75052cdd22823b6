# expects: Organization-identifier PatternConstraintComponent
# The check digit is missing.

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE { organization:municipality-012106 org:identifier ?old }
INSERT { organization:municipality-012106 org:identifier "000020012106"^^s5:CorporateNumber }
WHERE { organization:municipality-012106 org:identifier ?old }
