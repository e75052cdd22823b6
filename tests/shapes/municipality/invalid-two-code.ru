# expects: AdministrativeUnit-identifier MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX municipality: <id/municipality/>

INSERT DATA {
    municipality:011002 dcterms:identifier "012025" .
}
