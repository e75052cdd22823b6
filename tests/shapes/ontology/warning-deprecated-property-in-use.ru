# expects: OntologyAdvice-deprecated SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX s5: <ontology#>
PREFIX stage: <id/stage/>

INSERT DATA {
    s5:stage owl:deprecated true .
    initiative:telemedicine s5:stage stage:under-way .
}
