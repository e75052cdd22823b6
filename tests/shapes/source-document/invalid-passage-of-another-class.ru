# expects: SourceDocument-hasPart ClassConstraintComponent
# The value is no s5:SourcePassage.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

INSERT DATA {
    document:direction dcterms:hasPart <id/none/unknown> .
}
