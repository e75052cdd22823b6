# expects: Prefecture-notation PatternConstraintComponent
# The ISO code where the code of JIS X 0401 is wanted.

PREFIX prefecture: <id/prefecture/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { prefecture:01 skos:notation ?old }
INSERT { prefecture:01 skos:notation "JP-01" }
WHERE { prefecture:01 skos:notation ?old }
