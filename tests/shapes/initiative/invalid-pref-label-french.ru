# expects: Initiative-prefLabel LanguageInConstraintComponent
# expects: Initiative-prefLabel MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    initiative:telemedicine skos:prefLabel "texte"@fr .
}
