# expects: Concept-prefLabel UniqueLangConstraintComponent
# expects: Concept-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:prefLabel "もう一つ"@ja .
}
