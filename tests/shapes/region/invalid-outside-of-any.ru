# expects: Region-sfWithin QualifiedMinCountConstraintComponent
# proves: IsPrefecture ClassConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX prefecture: <id/prefecture/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

DELETE DATA { region:sorachi geo:sfWithin prefecture:01 } ;
INSERT DATA {
    region:sorachi geo:sfWithin <id/none/other> .
    <id/none/other> a s5:AdministrativeUnit .
}
