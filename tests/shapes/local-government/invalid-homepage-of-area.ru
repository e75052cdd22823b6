# expects: AreaHomepage-none MaxCountConstraintComponent
# expects: Homepage-owner MaxCountConstraintComponent

PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX municipality: <id/municipality/>

INSERT DATA { municipality:011002 foaf:homepage <https://www.city.sapporo.jp/> }
