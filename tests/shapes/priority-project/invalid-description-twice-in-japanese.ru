# expects: PriorityProject-description UniqueLangConstraintComponent
# expects: PriorityProject-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

INSERT DATA {
    project:hokkaido-society5 dcterms:description "もう一つ"@ja .
}
