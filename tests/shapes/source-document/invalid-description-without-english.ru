# expects: SourceDocument-description-en QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

DELETE { document:direction dcterms:description ?text }
WHERE { document:direction dcterms:description ?text FILTER(LANG(?text) = "en") }
