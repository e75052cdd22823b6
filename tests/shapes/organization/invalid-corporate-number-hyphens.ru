# expects: Organization-identifier PatternConstraintComponent

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE { organization:municipality-012106 org:identifier ?old }
INSERT { organization:municipality-012106 org:identifier "2-0000-2001-2106"^^s5:CorporateNumber }
WHERE { organization:municipality-012106 org:identifier ?old }
