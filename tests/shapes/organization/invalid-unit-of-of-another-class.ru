# expects: Organization-unitOf ClassConstraintComponent
# The value is no org:FormalOrganization.

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>

DELETE { organization:sorachi-bureau org:unitOf ?old }
INSERT { organization:sorachi-bureau org:unitOf <id/none/unknown> }
WHERE { organization:sorachi-bureau org:unitOf ?old }
