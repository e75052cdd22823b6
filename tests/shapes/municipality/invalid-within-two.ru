# expects: Municipality-sfWithin QualifiedMaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 geo:sfWithin <id/none/second> .
    <id/none/second> a s5:Region , s5:AdministrativeUnit .
}
