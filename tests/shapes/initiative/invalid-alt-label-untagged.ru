# expects: Initiative-altLabel DatatypeConstraintComponent
# expects: Initiative-altLabel LanguageInConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    initiative:telemedicine skos:altLabel "タグなし" .
}
