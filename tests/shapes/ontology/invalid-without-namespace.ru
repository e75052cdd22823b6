# expects: Ontology-namespace MinCountConstraintComponent

PREFIX vann: <http://purl.org/vocab/vann/>

DELETE WHERE { <ontology> vann:preferredNamespaceUri ?value }
