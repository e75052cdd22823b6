# expects: Initiative-editorialNote DatatypeConstraintComponent
# expects: Initiative-editorialNote LanguageInConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    initiative:telemedicine skos:editorialNote "タグなし" .
}
