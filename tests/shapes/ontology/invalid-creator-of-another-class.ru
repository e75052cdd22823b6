# expects: Ontology-creator ClassConstraintComponent
# The value is no org:Organization.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:creator <id/none/unknown> .
}
