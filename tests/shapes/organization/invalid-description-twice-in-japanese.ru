# expects: Organization-description UniqueLangConstraintComponent
# expects: Organization-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX organization: <id/organization/>

INSERT DATA {
    organization:sorachi-bureau dcterms:description "もう一つ"@ja .
}
