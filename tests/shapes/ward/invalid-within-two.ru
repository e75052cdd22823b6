# expects: Ward-sfWithin QualifiedMaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX s5: <ontology#>
PREFIX ward: <id/ward/>

INSERT DATA {
    ward:011011 geo:sfWithin <id/none/second> .
    <id/none/second> a s5:Municipality , s5:AdministrativeUnit .
}
