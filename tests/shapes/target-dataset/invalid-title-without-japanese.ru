# expects: TargetDataset-title-ja QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <http://www.wikidata.org/> dcterms:title ?text }
WHERE { <http://www.wikidata.org/> dcterms:title ?text FILTER(LANG(?text) = "ja") }
