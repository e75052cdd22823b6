# expects: Organization-description LanguageInConstraintComponent
# expects: Organization-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX organization: <id/organization/>

INSERT DATA {
    organization:sorachi-bureau dcterms:description "texte"@fr .
}
