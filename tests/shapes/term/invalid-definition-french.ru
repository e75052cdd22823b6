# expects: Term-definition LanguageInConstraintComponent
# expects: Term-definition MaxCountConstraintComponent
# A text in a third language.

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    s5:activityOf skos:definition "texte"@fr .
}
