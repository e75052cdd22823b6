# expects: Initiative-editorialNote LanguageInConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    initiative:telemedicine skos:editorialNote "texte"@fr .
}
