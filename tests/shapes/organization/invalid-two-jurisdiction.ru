# expects: Organization-jurisdiction MaxCountConstraintComponent
# expects: Organization-region QualifiedMaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>
PREFIX organization: <id/organization/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

INSERT DATA {
    organization:sorachi-bureau s5:jurisdiction region:ishikari .
    region:ishikari a s5:Region .
    municipality:012106 geo:sfWithin region:ishikari .
}
