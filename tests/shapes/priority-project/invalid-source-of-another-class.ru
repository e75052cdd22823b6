# expects: PriorityProject-source ClassConstraintComponent
# The value is no s5:SourcePassage.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

INSERT DATA {
    project:hokkaido-society5 dcterms:source <id/none/unknown> .
}
