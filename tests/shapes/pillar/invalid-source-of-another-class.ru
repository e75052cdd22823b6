# expects: Concept-source ClassConstraintComponent
# The value is no s5:SourcePassage.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX pillar: <id/pillar/>

INSERT DATA {
    pillar:living dcterms:source <id/none/unknown> .
}
