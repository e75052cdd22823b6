# expects: PriorityProject-editorialNote DatatypeConstraintComponent
# expects: PriorityProject-editorialNote LanguageInConstraintComponent
# A text without a language tag.

PREFIX project: <id/project/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    project:hokkaido-society5 skos:editorialNote "タグなし" .
}
