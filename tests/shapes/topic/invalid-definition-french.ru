# expects: Concept-definition LanguageInConstraintComponent
# expects: Concept-definition MaxCountConstraintComponent
# A text in a third language.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:definition "texte"@fr .
}
