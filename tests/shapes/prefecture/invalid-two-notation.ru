# expects: Prefecture-notation MaxCountConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    prefecture:01 skos:notation "02" .
}
