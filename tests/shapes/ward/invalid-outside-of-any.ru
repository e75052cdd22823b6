# expects: Ward-sfWithin QualifiedMinCountConstraintComponent
# proves: IsMunicipality ClassConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>
PREFIX ward: <id/ward/>

DELETE DATA { ward:011011 geo:sfWithin municipality:011002 } ;
INSERT DATA {
    ward:011011 geo:sfWithin <id/none/other> .
    <id/none/other> a s5:AdministrativeUnit .
}
