# expects: Term-definition DatatypeConstraintComponent
# expects: Term-definition LanguageInConstraintComponent
# expects: Term-definition MaxCountConstraintComponent
# A text without a language tag.

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    s5:activityOf skos:definition "タグなし" .
}
