# expects: Organization-altLabel OrConstraintComponent
# proves: PlainText NotConstraintComponent
# proves: KatakanaReading PatternConstraintComponent
# A reading in katakana that holds other characters.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:altLabel "札幌"@ja-hrkt .
}
