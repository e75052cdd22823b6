# expects: Initiative-isReplacedBy ClassConstraintComponent
# The value is no s5:Initiative.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:isReplacedBy <id/none/unknown> .
}
