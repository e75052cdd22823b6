# expects: Ontology-versionInfo MaxCountConstraintComponent

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT DATA {
    <ontology> owl:versionInfo "2.0.0" .
}
