# expects: ActivityOfInitiative-passage SPARQLConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE DATA { passage:plan-4 s5:heading "除雪ロボットの導入"@ja } ;
INSERT DATA { passage:plan-4 s5:heading "除雪ロボット導入"@ja }
