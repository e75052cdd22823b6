# expects: Ontology-namespace DatatypeConstraintComponent

PREFIX vann: <http://purl.org/vocab/vann/>

DELETE { <ontology> vann:preferredNamespaceUri ?old }
INSERT { <ontology> vann:preferredNamespaceUri "ontology#" }
WHERE { <ontology> vann:preferredNamespaceUri ?old }
