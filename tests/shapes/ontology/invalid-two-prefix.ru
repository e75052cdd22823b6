# expects: Ontology-prefix MaxCountConstraintComponent

PREFIX vann: <http://purl.org/vocab/vann/>

INSERT DATA {
    <ontology> vann:preferredNamespacePrefix "x" .
}
