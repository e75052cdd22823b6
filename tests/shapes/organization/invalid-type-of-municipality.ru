# expects: Organization-municipalityType NodeKindConstraintComponent
# An IRI where a text is wanted.

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

DELETE { municipality:012106 s5:municipalityType ?old }
INSERT { municipality:012106 s5:municipalityType <id/none/city> }
WHERE { municipality:012106 s5:municipalityType ?old }
