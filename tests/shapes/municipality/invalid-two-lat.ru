# expects: AdministrativeUnit-lat MaxCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>

INSERT DATA {
    municipality:011002 wgs:lat 43.1 .
}
