# expects: Term-rangeIncludes MinCountConstraintComponent

PREFIX s5: <ontology#>
PREFIX schema: <http://schema.org/>

DELETE WHERE { s5:activityOf schema:rangeIncludes ?value }
