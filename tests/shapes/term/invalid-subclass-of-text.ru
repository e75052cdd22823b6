# expects: Term-subClassOf NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:Activity rdfs:subClassOf "text" .
}
