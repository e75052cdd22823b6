# expects: NorthernTerritoriesVillage-sfWithin QualifiedMinCountConstraintComponent
# proves: IsRegion ClassConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>
PREFIX village: <id/village/>

DELETE DATA { village:016951 geo:sfWithin region:nemuro } ;
INSERT DATA {
    village:016951 geo:sfWithin <id/none/other> .
    <id/none/other> a s5:AdministrativeUnit .
}
