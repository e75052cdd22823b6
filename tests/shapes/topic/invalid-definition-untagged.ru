# expects: Concept-definition DatatypeConstraintComponent
# expects: Concept-definition LanguageInConstraintComponent
# expects: Concept-definition MaxCountConstraintComponent
# A text without a language tag.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:definition "タグなし" .
}
