# expects: PriorityProject-description DatatypeConstraintComponent
# expects: PriorityProject-description LanguageInConstraintComponent
# expects: PriorityProject-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

INSERT DATA {
    project:hokkaido-society5 dcterms:description "タグなし" .
}
