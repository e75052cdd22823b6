# expects: Concept-altLabel OrConstraintComponent
# proves: PlainText NotConstraintComponent
# proves: KatakanaReading PatternConstraintComponent
# A reading in katakana that holds other characters.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:altLabel "札幌"@ja-hrkt .
}
