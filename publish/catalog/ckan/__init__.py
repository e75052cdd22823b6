"""The catalogue in CKAN's words, for its clients and harvesters.

In: the graph of the catalogue and the parameters of an action (CKAN API, version 3).
Out: packages, resources, licences and search results as CKAN writes them.
Open first: `api`, then `packages`.
"""
