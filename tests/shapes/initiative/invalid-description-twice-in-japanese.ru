# expects: Initiative-description UniqueLangConstraintComponent
# expects: Initiative-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:description "もう一つ"@ja .
}
