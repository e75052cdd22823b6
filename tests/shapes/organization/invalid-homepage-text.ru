# expects: Organization-homepage NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX organization: <id/organization/>

INSERT DATA {
    organization:sorachi-bureau foaf:homepage "https://example.org/" .
}
