# expects: AdministrativeUnit-closeMatch PatternConstraintComponent
# An e-Stat code.

PREFIX linkset: <id/linkset/>
PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    municipality:011002 skos:closeMatch <http://data.e-stat.go.jp/lod/sac/C01100> .
    <http://data.e-stat.go.jp/lod/sac/C01100> void:inDataset linkset:links .
}
