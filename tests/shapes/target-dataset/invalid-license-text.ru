# expects: TargetDataset-license NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:license "CC0" .
}
