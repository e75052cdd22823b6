# expects: SourceDocument-coverage ClassConstraintComponent
# The value is no region.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

INSERT DATA {
    document:direction dcterms:coverage <id/municipality/012106> .
}
