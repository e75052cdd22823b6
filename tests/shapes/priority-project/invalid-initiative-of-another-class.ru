# expects: PriorityProject-hasPart ClassConstraintComponent
# The value is no s5:Initiative.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

INSERT DATA {
    project:hokkaido-society5 dcterms:hasPart <id/none/unknown> .
}
