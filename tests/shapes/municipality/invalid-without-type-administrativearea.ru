# expects: AdministrativeUnit-type HasValueConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX schema: <http://schema.org/>

DELETE DATA { municipality:011002 a schema:AdministrativeArea }
