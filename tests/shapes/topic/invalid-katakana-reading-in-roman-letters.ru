# expects: Concept-altLabel OrConstraintComponent
# proves: RomanReading LanguageInConstraintComponent
# Roman letters tagged as katakana.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:altLabel "Sapporo"@ja-hrkt .
}
