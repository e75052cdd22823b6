# expects: Term-scopeNote DatatypeConstraintComponent
# expects: Term-scopeNote LanguageInConstraintComponent
# expects: Term-scopeNote MaxCountConstraintComponent
# A text without a language tag.

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    s5:activityOf skos:scopeNote "タグなし" .
}
