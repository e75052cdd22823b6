# expects: Organization-region QualifiedMaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:012106 geo:sfWithin region:ishikari .
    region:ishikari a s5:Region .
}
