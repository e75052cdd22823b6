# expects: SourcePassage-editorialNote DatatypeConstraintComponent
# expects: SourcePassage-editorialNote LanguageInConstraintComponent
# A text without a language tag.

PREFIX passage: <id/passage/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    passage:direction-21 skos:editorialNote "タグなし" .
}
