# expects: ConceptScheme-hasTopConcept ClassConstraintComponent
# The value is no skos:Concept.

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    scheme:topic skos:hasTopConcept <id/none/unknown> .
}
