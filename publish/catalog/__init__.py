"""The data set about itself, for harvesters.

In: `data/catalog.ttl`, the parts and files of a release.
Out: DCAT-AP 3, VoID, SPARQL service description and schema.org as triples, and graph/catalog.
Open first: `graph`, then `dcat`.
"""
