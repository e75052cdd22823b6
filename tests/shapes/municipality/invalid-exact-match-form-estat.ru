# expects: AdministrativeUnit-exactMatch PatternConstraintComponent
# A dated code.

PREFIX linkset: <id/linkset/>
PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    municipality:011002 skos:exactMatch <http://data.e-stat.go.jp/lod/sac/C01100-19720401> .
    <http://data.e-stat.go.jp/lod/sac/C01100-19720401> void:inDataset linkset:links .
}
