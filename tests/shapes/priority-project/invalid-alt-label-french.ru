# expects: PriorityProject-altLabel LanguageInConstraintComponent
# A text in a third language.

PREFIX project: <id/project/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    project:hokkaido-society5 skos:altLabel "texte"@fr .
}
