# expects: Ontology-versionIRI MaxCountConstraintComponent

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT DATA {
    <ontology> owl:versionIRI <ontology/2.0.0> .
}
