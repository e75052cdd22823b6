# expects: PriorityProject-prefLabel UniqueLangConstraintComponent
# expects: PriorityProject-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX project: <id/project/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    project:hokkaido-society5 skos:prefLabel "もう一つ"@ja .
}
