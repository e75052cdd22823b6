# expects: Strategy-originalNotation DatatypeConstraintComponent

PREFIX s5: <ontology#>
PREFIX strategy: <id/strategy/>

DELETE { strategy:society5-promotion-plan s5:originalNotation ?old }
INSERT { strategy:society5-promotion-plan s5:originalNotation "R3.3月"@ja }
WHERE { strategy:society5-promotion-plan s5:originalNotation ?old }
