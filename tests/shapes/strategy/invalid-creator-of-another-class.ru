# expects: Strategy-creator ClassConstraintComponent
# The value is no org:Organization.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan dcterms:creator <id/none/unknown> .
}
