# expects: Activity PatternConstraintComponent
# A key that is not well-formed: expert_panel.

PREFIX activity: <id/activity/>

DELETE { activity:expert-panel-2020 ?p ?o }
INSERT { <id/activity/expert_panel> ?p ?o }
WHERE { activity:expert-panel-2020 ?p ?o } ;
DELETE { ?s ?p activity:expert-panel-2020 }
INSERT { ?s ?p <id/activity/expert_panel> }
WHERE { ?s ?p activity:expert-panel-2020 }
