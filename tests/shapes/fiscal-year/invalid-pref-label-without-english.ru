# expects: FiscalYear-prefLabel-en QualifiedMinCountConstraintComponent

PREFIX fiscal-year: <id/fiscal-year/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { fiscal-year:2020 skos:prefLabel ?text }
WHERE { fiscal-year:2020 skos:prefLabel ?text FILTER(LANG(?text) = "en") }
