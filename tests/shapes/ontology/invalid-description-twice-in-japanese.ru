# expects: Ontology-description UniqueLangConstraintComponent
# expects: Ontology-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:description "もう一つ"@ja .
}
