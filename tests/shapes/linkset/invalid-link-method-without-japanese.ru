# expects: Linkset-linkMethod-ja QualifiedMinCountConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

DELETE { linkset:wikidata-confirmed s5:linkMethod ?text }
WHERE { linkset:wikidata-confirmed s5:linkMethod ?text FILTER(LANG(?text) = "ja") }
