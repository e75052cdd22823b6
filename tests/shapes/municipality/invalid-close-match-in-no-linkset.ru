# expects: AdministrativeUnit-closeMatch NodeConstraintComponent
# proves: LinkTarget-inDataset MinCountConstraintComponent
# A target that no linkset holds.

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    municipality:011002 skos:closeMatch <https://sws.geonames.org/90000001/> .
}
