# expects: SourceDocument-numberOfPages MinInclusiveConstraintComponent
# A document has at least one page.

PREFIX document: <id/document/>
PREFIX schema: <http://schema.org/>

DELETE { document:direction schema:numberOfPages ?old }
INSERT { document:direction schema:numberOfPages 0 }
WHERE { document:direction schema:numberOfPages ?old }
