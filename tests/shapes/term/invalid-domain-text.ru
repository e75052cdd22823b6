# expects: Term-domainIncludes NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX s5: <ontology#>
PREFIX schema: <http://schema.org/>

INSERT DATA {
    s5:activityOf schema:domainIncludes "text" .
}
