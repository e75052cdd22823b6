# expects: SourcePassage-editorialNote LanguageInConstraintComponent
# A text in a third language.

PREFIX passage: <id/passage/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    passage:direction-21 skos:editorialNote "texte"@fr .
}
