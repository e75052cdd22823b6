# expects: Linkset-description LanguageInConstraintComponent
# expects: Linkset-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX linkset: <id/linkset/>

INSERT DATA {
    linkset:wikidata-confirmed dcterms:description "texte"@fr .
}
