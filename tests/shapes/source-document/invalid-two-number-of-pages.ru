# expects: SourceDocument-numberOfPages MaxCountConstraintComponent
# Two numbers of pages.

PREFIX document: <id/document/>
PREFIX schema: <http://schema.org/>

INSERT DATA {
    document:direction schema:numberOfPages 3 .
}
