# expects: AreasWithoutGovernment-none MaxCountConstraintComponent

PREFIX organization: <id/organization/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

INSERT DATA { region:ishikari s5:localGovernment organization:hokkaido }
