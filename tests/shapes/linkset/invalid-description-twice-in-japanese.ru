# expects: Linkset-description UniqueLangConstraintComponent
# expects: Linkset-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX linkset: <id/linkset/>

INSERT DATA {
    linkset:wikidata-confirmed dcterms:description "もう一つ"@ja .
}
