# expects: AdministrativeUnit-exactMatch NodeConstraintComponent
# proves: LinkTarget-inDataset MinCountConstraintComponent
# A target that no linkset holds.

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    municipality:011002 skos:exactMatch <http://www.wikidata.org/entity/Q90000001> .
}
