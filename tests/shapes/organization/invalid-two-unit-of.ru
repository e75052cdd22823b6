# expects: Organization-unitOf MaxCountConstraintComponent

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>

INSERT DATA {
    organization:sorachi-bureau org:unitOf <id/none/second> .
    <id/none/second> a org:FormalOrganization .
}
