# expects: Organization-prefLabel DatatypeConstraintComponent
# expects: Organization-prefLabel LanguageInConstraintComponent
# expects: Organization-prefLabel MaxCountConstraintComponent
# A text without a language tag.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:prefLabel "タグなし" .
}
