# expects: Region-position DatatypeConstraintComponent

PREFIX region: <id/region/>
PREFIX schema: <http://schema.org/>

DELETE { region:sorachi schema:position ?old }
INSERT { region:sorachi schema:position 1.5 }
WHERE { region:sorachi schema:position ?old }
