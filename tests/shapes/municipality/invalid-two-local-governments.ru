# expects: AdministrativeUnit-localGovernment MaxCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 s5:localGovernment organization:municipality-012025 .
    organization:municipality-012025 a org:FormalOrganization .
}
