"""The application that all pages share.

In: settings, requests, the releases on disk.
Out: the opened release of a request, rendering, responses with validators, problem details,
the WSGI server and what stands before Flask.
Open first: `respond`, then `site`.
"""
