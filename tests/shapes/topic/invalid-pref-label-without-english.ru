# expects: Concept-prefLabel-en QualifiedMinCountConstraintComponent
# proves: EnglishText LanguageInConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE { topic:ict skos:prefLabel ?text }
WHERE { topic:ict skos:prefLabel ?text FILTER(LANG(?text) = "en") }
