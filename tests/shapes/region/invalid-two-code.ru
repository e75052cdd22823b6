# expects: Region-identifier MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX region: <id/region/>

INSERT DATA {
    region:sorachi dcterms:identifier "013005" .
}
