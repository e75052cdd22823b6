# expects: AdministrativeUnit-sfContains ClassConstraintComponent
# The value is no s5:AdministrativeUnit.

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>

INSERT DATA {
    municipality:011002 geo:sfContains <id/none/unknown> .
}
