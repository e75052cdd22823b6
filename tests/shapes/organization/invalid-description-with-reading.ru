# expects: Organization-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX organization: <id/organization/>

INSERT DATA {
    organization:sorachi-bureau dcterms:description "ヨミ"@ja-hrkt .
}
