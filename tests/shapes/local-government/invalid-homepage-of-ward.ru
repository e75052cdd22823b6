# expects: AreaHomepage-none MaxCountConstraintComponent

PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX ward: <id/ward/>

INSERT DATA { ward:011011 foaf:homepage <https://example.org/chuo> }
