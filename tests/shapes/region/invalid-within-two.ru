# expects: Region-sfWithin QualifiedMaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

INSERT DATA {
    region:sorachi geo:sfWithin <id/none/second> .
    <id/none/second> a s5:Prefecture , s5:AdministrativeUnit .
}
