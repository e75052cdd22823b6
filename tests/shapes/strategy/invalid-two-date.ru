# expects: Strategy-date MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    strategy:society5-promotion-plan dcterms:date "2021-04"^^xsd:gYearMonth .
}
