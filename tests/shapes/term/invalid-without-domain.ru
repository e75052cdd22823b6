# expects: Term-domainIncludes MinCountConstraintComponent

PREFIX s5: <ontology#>
PREFIX schema: <http://schema.org/>

DELETE WHERE { s5:activityOf schema:domainIncludes ?value }
