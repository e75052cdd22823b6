# expects: AdministrativeUnit-seeAlso PatternConstraintComponent
# A page of an encyclopaedia.

PREFIX linkset: <id/linkset/>
PREFIX municipality: <id/municipality/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    municipality:011002 rdfs:seeAlso <https://ja.wikipedia.org/wiki/Sapporo> .
    <https://ja.wikipedia.org/wiki/Sapporo> void:inDataset linkset:links .
}
