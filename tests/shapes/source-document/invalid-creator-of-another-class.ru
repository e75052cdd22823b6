# expects: SourceDocument-creator ClassConstraintComponent
# The value is no org:Organization.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

INSERT DATA {
    document:direction dcterms:creator <id/none/unknown> .
}
