# expects: AreasWithoutGovernment-none MaxCountConstraintComponent

PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>
PREFIX ward: <id/ward/>

INSERT DATA { ward:011011 s5:localGovernment organization:hokkaido }
