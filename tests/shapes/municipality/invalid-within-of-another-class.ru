# expects: AdministrativeUnit-sfWithin ClassConstraintComponent
# The value is no s5:AdministrativeUnit.

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>

INSERT DATA {
    municipality:011002 geo:sfWithin <id/none/unknown> .
}
