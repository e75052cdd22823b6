# expects: AdministrativeUnit-seeAlso NodeConstraintComponent
# proves: LinkTarget-inDataset MinCountConstraintComponent
# A target that no linkset holds.

PREFIX municipality: <id/municipality/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA {
    municipality:011002 rdfs:seeAlso <http://dbpedia.org/resource/Nowhere> .
}
