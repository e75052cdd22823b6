# expects: Ontology-title UniqueLangConstraintComponent
# expects: Ontology-title MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:title "もう一つ"@ja .
}
