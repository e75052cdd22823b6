# expects: SourceDocument-editorialNote LanguageInConstraintComponent
# A text in a third language.

PREFIX document: <id/document/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    document:direction skos:editorialNote "texte"@fr .
}
