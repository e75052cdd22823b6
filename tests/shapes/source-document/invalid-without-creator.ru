# expects: SourceDocument-creator MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

DELETE WHERE { document:direction dcterms:creator ?value }
