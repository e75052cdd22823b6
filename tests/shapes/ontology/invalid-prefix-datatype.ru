# expects: Ontology-prefix DatatypeConstraintComponent

PREFIX vann: <http://purl.org/vocab/vann/>

DELETE { <ontology> vann:preferredNamespacePrefix ?old }
INSERT { <ontology> vann:preferredNamespacePrefix "s5"@en }
WHERE { <ontology> vann:preferredNamespacePrefix ?old }
