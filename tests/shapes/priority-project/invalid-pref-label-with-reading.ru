# expects: PriorityProject-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX project: <id/project/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    project:hokkaido-society5 skos:prefLabel "ヨミ"@ja-hrkt .
}
