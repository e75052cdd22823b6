"""The Reconciliation API of the W3C community group, 0.2 and 1.0-draft.

In: batches of queries in JSON, of a stranger.
Out: candidates with scores, values of properties for extension, the manifest of the service.
Open first: `service`, then `queries`.
"""
