# expects: Organization-altLabel OrConstraintComponent
# proves: KatakanaReading LanguageInConstraintComponent
# proves: RomanReading PatternConstraintComponent
# A reading in Roman letters that holds Japanese characters.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:altLabel "サッポロ"@ja-latn .
}
