# expects: Term-isReplacedBy NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:activityOf dcterms:isReplacedBy "text" .
}
