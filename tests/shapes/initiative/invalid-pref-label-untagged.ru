# expects: Initiative-prefLabel DatatypeConstraintComponent
# expects: Initiative-prefLabel LanguageInConstraintComponent
# expects: Initiative-prefLabel MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    initiative:telemedicine skos:prefLabel "タグなし" .
}
