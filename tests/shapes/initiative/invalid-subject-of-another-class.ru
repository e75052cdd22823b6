# expects: Initiative-subject ClassConstraintComponent
# The value is no s5:Topic.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:subject <id/none/unknown> .
}
