# expects: OrganizationalUnit-unitOf MinCountConstraintComponent

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>

DELETE WHERE { organization:sorachi-bureau org:unitOf ?value }
