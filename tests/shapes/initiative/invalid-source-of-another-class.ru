# expects: Initiative-source ClassConstraintComponent
# The value is no s5:SourcePassage.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:source <id/none/unknown> .
}
