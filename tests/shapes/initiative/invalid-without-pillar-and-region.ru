# expects: Initiative-pillarOrRegion MinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE { initiative:telemedicine ?p ?o }
WHERE { initiative:telemedicine ?p ?o FILTER(?p IN (s5:pillar, s5:pillarReason, s5:region, s5:regionReason)) }
