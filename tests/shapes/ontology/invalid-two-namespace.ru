# expects: Ontology-namespace MaxCountConstraintComponent

PREFIX vann: <http://purl.org/vocab/vann/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    <ontology> vann:preferredNamespaceUri "other#"^^xsd:anyURI .
}
