# expects: PriorityProject-description LanguageInConstraintComponent
# expects: PriorityProject-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

INSERT DATA {
    project:hokkaido-society5 dcterms:description "texte"@fr .
}
