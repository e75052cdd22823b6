# expects: SourcePassage-heading-ja QualifiedMinCountConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-21 s5:heading ?text }
WHERE { passage:direction-21 s5:heading ?text FILTER(LANG(?text) = "ja") }
