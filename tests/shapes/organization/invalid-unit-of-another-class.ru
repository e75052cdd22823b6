# expects: Organization-hasUnit ClassConstraintComponent
# The value is no org:OrganizationalUnit.

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>

INSERT DATA {
    organization:sorachi-bureau org:hasUnit <id/none/unknown> .
}
