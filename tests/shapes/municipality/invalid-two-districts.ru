# expects: Municipality-district MaxCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 s5:district "石狩郡"@ja , "空知郡"@ja .
}
