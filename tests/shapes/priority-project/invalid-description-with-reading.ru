# expects: PriorityProject-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

INSERT DATA {
    project:hokkaido-society5 dcterms:description "ヨミ"@ja-hrkt .
}
