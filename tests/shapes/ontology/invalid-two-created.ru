# expects: Ontology-created MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    <ontology> dcterms:created "2027-01-01"^^xsd:date .
}
