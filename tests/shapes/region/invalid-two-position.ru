# expects: Region-position MaxCountConstraintComponent

PREFIX region: <id/region/>
PREFIX schema: <http://schema.org/>

INSERT DATA {
    region:sorachi schema:position 2 .
}
