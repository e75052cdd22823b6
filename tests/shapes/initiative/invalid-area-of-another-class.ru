# expects: Initiative-spatial ClassConstraintComponent
# The value is no place.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:spatial <id/none/unknown> .
}
