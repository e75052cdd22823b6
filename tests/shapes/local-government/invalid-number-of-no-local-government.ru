# expects: CorporateNumbers-localGovernment SPARQLConstraintComponent
# expects: CorporateNumbers-shared SPARQLConstraintComponent
# The number of a body of the state.

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE { organization:municipality-011002 org:identifier ?old }
INSERT { organization:municipality-011002 org:identifier "7000012050002"^^s5:CorporateNumber }
WHERE { organization:municipality-011002 org:identifier ?old }
