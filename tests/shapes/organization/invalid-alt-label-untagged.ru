# expects: Organization-altLabel DatatypeConstraintComponent
# expects: Organization-altLabel OrConstraintComponent
# A text without a language tag.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:altLabel "タグなし" .
}
