# expects: Linkset-prefLabel LanguageInConstraintComponent
# expects: Linkset-prefLabel MaxCountConstraintComponent
# A text in a third language.

PREFIX linkset: <id/linkset/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    linkset:wikidata-confirmed skos:prefLabel "texte"@fr .
}
