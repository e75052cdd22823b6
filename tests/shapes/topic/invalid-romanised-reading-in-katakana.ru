# expects: Concept-altLabel OrConstraintComponent
# proves: KatakanaReading LanguageInConstraintComponent
# proves: RomanReading PatternConstraintComponent
# A reading in Roman letters that holds Japanese characters.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:altLabel "サッポロ"@ja-latn .
}
