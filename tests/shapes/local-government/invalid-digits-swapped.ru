# expects: CorporateNumbers-checkDigit SPARQLConstraintComponent
# expects: CorporateNumbers-localGovernment SPARQLConstraintComponent
# Two digits of the code are in the wrong order.

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE { organization:municipality-011002 org:identifier ?old }
INSERT { organization:municipality-011002 org:identifier "9000020010102"^^s5:CorporateNumber }
WHERE { organization:municipality-011002 org:identifier ?old }
