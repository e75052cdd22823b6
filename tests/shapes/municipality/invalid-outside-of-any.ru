# expects: Municipality-sfWithin QualifiedMinCountConstraintComponent
# proves: IsRegion ClassConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

DELETE DATA { municipality:011002 geo:sfWithin region:ishikari } ;
INSERT DATA {
    municipality:011002 geo:sfWithin <id/none/other> .
    <id/none/other> a s5:AdministrativeUnit .
}
