# expects: Linkset-prefLabel-ja QualifiedMinCountConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { linkset:wikidata-confirmed skos:prefLabel ?text }
WHERE { linkset:wikidata-confirmed skos:prefLabel ?text FILTER(LANG(?text) = "ja") }
