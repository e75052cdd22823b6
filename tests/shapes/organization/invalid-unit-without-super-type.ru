# expects: OrganizationalUnit-type HasValueConstraintComponent

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>

DELETE DATA { organization:sorachi-bureau a org:Organization }
