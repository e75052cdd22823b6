# expects: SourcePassage-isPartOf MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

INSERT DATA {
    passage:direction-21 dcterms:isPartOf <id/none/second> .
    <id/none/second> a s5:SourceDocument .
}
