# expects: PriorityProject-prefLabel LanguageInConstraintComponent
# expects: PriorityProject-prefLabel MaxCountConstraintComponent
# A text in a third language.

PREFIX project: <id/project/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    project:hokkaido-society5 skos:prefLabel "texte"@fr .
}
