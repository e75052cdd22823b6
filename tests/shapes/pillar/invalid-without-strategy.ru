# expects: Pillar-pillarOf MinCountConstraintComponent

PREFIX pillar: <id/pillar/>
PREFIX s5: <ontology#>

DELETE WHERE { pillar:living s5:pillarOf ?value }
