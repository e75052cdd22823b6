# expects: Region-bureau MaxCountConstraintComponent

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

INSERT DATA {
    region:sorachi s5:bureau <id/none/second> .
    <id/none/second> a org:OrganizationalUnit .
}
