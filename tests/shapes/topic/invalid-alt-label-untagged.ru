# expects: Concept-altLabel DatatypeConstraintComponent
# expects: Concept-altLabel OrConstraintComponent
# A text without a language tag.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:altLabel "タグなし" .
}
