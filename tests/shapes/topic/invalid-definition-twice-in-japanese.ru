# expects: Concept-definition UniqueLangConstraintComponent
# expects: Concept-definition MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:definition "もう一つ"@ja .
}
