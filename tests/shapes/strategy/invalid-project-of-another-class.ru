# expects: Strategy-hasPart ClassConstraintComponent
# The value is no s5:PriorityProject.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan dcterms:hasPart <id/none/unknown> .
}
