# expects: Organization-altLabel OrConstraintComponent
# proves: RomanReading LanguageInConstraintComponent
# Roman letters tagged as katakana.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:altLabel "Sapporo"@ja-hrkt .
}
