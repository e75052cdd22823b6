# expects: Region-editorialNote DatatypeConstraintComponent
# expects: Region-editorialNote LanguageInConstraintComponent
# A text without a language tag.

PREFIX region: <id/region/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    region:sorachi skos:editorialNote "タグなし" .
}
