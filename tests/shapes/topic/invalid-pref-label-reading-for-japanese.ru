# expects: Concept-prefLabel-ja QualifiedMinCountConstraintComponent
# proves: JapaneseText NotConstraintComponent
# proves: Reading LanguageInConstraintComponent
# A reading does not count as a name in Japanese.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE { topic:ict skos:prefLabel ?text }
INSERT { topic:ict skos:prefLabel "アイシーティー"@ja-hrkt }
WHERE { topic:ict skos:prefLabel ?text FILTER(LANG(?text) = "ja") }
