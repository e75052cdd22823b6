"""One blueprint for each group of addresses; `server.py` has the table of all.

In: requests.
Out: responses made by `app.respond` of what the rooms below return; no SPARQL text here.
Open first: `things`.
"""
