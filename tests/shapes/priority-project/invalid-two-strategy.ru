# expects: PriorityProject-isPartOf MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>
PREFIX s5: <ontology#>

INSERT DATA {
    project:hokkaido-society5 dcterms:isPartOf <id/none/second> .
    <id/none/second> a s5:Strategy .
}
