# expects: Ontology-prefix MinCountConstraintComponent

PREFIX vann: <http://purl.org/vocab/vann/>

DELETE WHERE { <ontology> vann:preferredNamespacePrefix ?value }
