# expects: Linkset-description-en QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX linkset: <id/linkset/>

DELETE { linkset:wikidata-confirmed dcterms:description ?text }
WHERE { linkset:wikidata-confirmed dcterms:description ?text FILTER(LANG(?text) = "en") }
