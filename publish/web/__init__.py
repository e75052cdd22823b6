"""The HTTP faces of a release; `server.py` at the root of the project puts them together.

without Flask
    negotiate    Accept and Accept-Language -> what is sent
    conditional  If-None-Match, If-Modified-Since -> 304 or not
    fingerprint  which software makes the pages
    assets       static files under names that change with their content
    theme        the looks of the publisher, as pages use them
    site         one opened release with what pages need; picks up new releases
    render       templates and translations
    facts        statements -> rows of a page
    view         a page in one language: addresses, names, frame
    drawings     counts and maps in the language of a page
    listener     the HTTP server, with its limits set for strangers
    shortcut     repeated requests, answered before Flask is touched
with Flask
    respond      a resource and a request -> a response with all its headers
    problems     what went wrong -> problem+json, HTML or text
    under        paths under the base; the release that serves a request
    question     a SPARQL request, understood: query, form of the answer, limits, who asks
    results      the pages of the endpoint: form, table of results, refusal
    notes        what the log says of a query
    resource, lists, search, pages, charts, vocabulary, sparql, catalog, dump   the addresses of the site
    ckan, sitemap, ops   those for machines
"""
