# expects: Organization-description DatatypeConstraintComponent
# expects: Organization-description LanguageInConstraintComponent
# expects: Organization-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX organization: <id/organization/>

INSERT DATA {
    organization:sorachi-bureau dcterms:description "タグなし" .
}
