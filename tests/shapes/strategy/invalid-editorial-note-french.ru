# expects: Strategy-editorialNote LanguageInConstraintComponent
# A text in a third language.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan skos:editorialNote "texte"@fr .
}
