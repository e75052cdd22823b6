# expects: Region-position MinInclusiveConstraintComponent

PREFIX region: <id/region/>
PREFIX schema: <http://schema.org/>

DELETE { region:sorachi schema:position ?old }
INSERT { region:sorachi schema:position 0 }
WHERE { region:sorachi schema:position ?old }
