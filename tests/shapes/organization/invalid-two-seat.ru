# expects: Organization-seat MaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>
PREFIX organization: <id/organization/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

INSERT DATA {
    organization:sorachi-bureau s5:seat municipality:012092 .
    municipality:012092 a s5:Municipality ; geo:sfWithin region:sorachi .
}
