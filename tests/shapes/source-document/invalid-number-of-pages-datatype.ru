# expects: SourceDocument-numberOfPages DatatypeConstraintComponent
# No whole number.

PREFIX document: <id/document/>
PREFIX schema: <http://schema.org/>

DELETE { document:direction schema:numberOfPages ?old }
INSERT { document:direction schema:numberOfPages 2.5 }
WHERE { document:direction schema:numberOfPages ?old }
