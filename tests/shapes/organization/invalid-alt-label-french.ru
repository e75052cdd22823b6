# expects: Organization-altLabel OrConstraintComponent
# proves: PlainText LanguageInConstraintComponent
# A text in a third language.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:altLabel "texte"@fr .
}
