# expects: SourceDocument-description UniqueLangConstraintComponent
# expects: SourceDocument-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

INSERT DATA {
    document:direction dcterms:description "もう一つ"@ja .
}
