# expects: Ontology-suggestedShapesGraph NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT DATA {
    <ontology> sh:suggestedShapesGraph "shapes" .
}
