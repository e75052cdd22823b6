"""The faces over HTTP, and all that knows Flask.

In: requests, and the release that is served.
Out: pages in two languages, RDF in every format, JSON; exact headers and problem details.
Open first: `routes`; from the ground up: http, drawing, app, views, routes. Templates, static
files, translations and the sources of the query editor lie beside them.
"""
