# expects: Homepage-owner MaxCountConstraintComponent

PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX organization: <id/organization/>

INSERT DATA { organization:hokkaido foaf:homepage <https://www.city.sapporo.jp/> }
