# expects: NamedInitiative-verbatim SPARQLConstraintComponent

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ?thing ?property "遠隔授業の充実"@ja }
INSERT { ?thing ?property "遠隔授業の推進"@ja }
WHERE { ?thing ?property "遠隔授業の充実"@ja . FILTER(?property IN (skos:prefLabel, s5:heading)) }
