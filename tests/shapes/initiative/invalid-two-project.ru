# expects: Initiative-isPartOf MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine dcterms:isPartOf <id/none/second> .
    <id/none/second> a s5:PriorityProject .
}
