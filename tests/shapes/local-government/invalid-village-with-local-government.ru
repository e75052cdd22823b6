# expects: AreasWithoutGovernment-none MaxCountConstraintComponent

PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>
PREFIX village: <id/village/>

INSERT DATA { village:016951 s5:localGovernment organization:hokkaido }
