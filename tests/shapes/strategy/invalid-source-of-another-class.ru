# expects: Strategy-source ClassConstraintComponent
# The value is no s5:SourcePassage.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan dcterms:source <id/none/unknown> .
}
