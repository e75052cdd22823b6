# expects: Concept-altLabel OrConstraintComponent
# proves: PlainText LanguageInConstraintComponent
# A text in a third language.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:altLabel "texte"@fr .
}
