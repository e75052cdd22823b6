# expects: Organization-identifier MaxCountConstraintComponent

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

INSERT DATA { organization:municipality-012106 org:identifier "9000020011002"^^s5:CorporateNumber }
