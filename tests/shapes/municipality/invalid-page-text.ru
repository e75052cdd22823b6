# expects: AdministrativeUnit-page NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX municipality: <id/municipality/>

INSERT DATA {
    municipality:011002 foaf:page "https://example.org/" .
}
