"""Any site's linked data, examined from outside.

In: an address, and limits on requests and seconds.
Out: a diagnosis: for each check what was looked at, what was found and what to do, as text,
JSON or HTML. Stands on `rdf` and `sparql` alone: our own site gets no help.
Open first: `diagnose`; what there is to check is in `site`.
"""
