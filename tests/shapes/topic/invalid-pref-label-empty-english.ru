# expects: Concept-prefLabel-en QualifiedMinCountConstraintComponent
# proves: EnglishText MinLengthConstraintComponent
# An empty text does not count.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE { topic:ict skos:prefLabel ?text }
INSERT { topic:ict skos:prefLabel ""@en }
WHERE { topic:ict skos:prefLabel ?text FILTER(LANG(?text) = "en") }
