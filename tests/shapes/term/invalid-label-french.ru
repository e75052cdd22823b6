# expects: Term-label LanguageInConstraintComponent
# expects: Term-label MaxCountConstraintComponent
# A text in a third language.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:activityOf rdfs:label "texte"@fr .
}
