# expects: Initiative-temporal ClassConstraintComponent
# The value is no s5:FiscalYear.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:temporal <id/none/unknown> .
}
