# expects: CorporateNumbers-localGovernment SPARQLConstraintComponent
# The number of Hakodate: its check digit is right.

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE { organization:municipality-011002 org:identifier ?old }
INSERT { organization:municipality-011002 org:identifier "9000020012025"^^s5:CorporateNumber }
WHERE { organization:municipality-011002 org:identifier ?old }
