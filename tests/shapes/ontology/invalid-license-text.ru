# expects: Ontology-license NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:license ?old }
INSERT { <ontology> dcterms:license "CC BY 4.0" }
WHERE { <ontology> dcterms:license ?old }
