# expects: Prefecture-notation MinCountConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { prefecture:01 skos:notation ?value }
