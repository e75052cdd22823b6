# expects: Ontology-issued MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    <ontology> dcterms:issued "2027-01-01"^^xsd:date .
}
