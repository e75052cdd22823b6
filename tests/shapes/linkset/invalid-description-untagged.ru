# expects: Linkset-description DatatypeConstraintComponent
# expects: Linkset-description LanguageInConstraintComponent
# expects: Linkset-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX linkset: <id/linkset/>

INSERT DATA {
    linkset:wikidata-confirmed dcterms:description "タグなし" .
}
