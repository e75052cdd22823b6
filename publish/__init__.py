"""A linked open data publisher: Turtle and tables in, a release out, HTTP on top.

The modules in the order of their imports (each imports only those above it):

base
    languages    a text in Japanese and English
    errors       the exception tree; problems with their place
    settings     one frozen object: where, how much, how long
    namespaces   prefixes and namespaces of standard vocabularies
    formats      the one table of representations
    iris         every IRI and path of the site, made and read in one place
graph
    positions    the line on which a Turtle file states a triple
    sources      Turtle files -> statements
    tables       CSV files with CSVW metadata -> statements
    dataset      named graphs that partition the statements; canonical order
    derive       rules -> graph/derived
    integrity    what no shape can say: dangling IRIs, undeclared terms
    shapes       the SHACL shapes, read for field order, labels and types
    validate     SHACL -> findings with file and line
products
    turtle       readable Turtle and TriG
    jsonld       the JSON-LD context, and JSON-LD in its terms
    stats        counts
    void, catalog, service   the data set about itself
    dump         every format, compressed, checksummed
    release      the immutable directory and the `current` link
    document     what a document about a thing says
    tokens, worker, workers  SPARQL: refuse, evaluate aside, supervise
edges
    cli          the command `lodpub`
    web/         the HTTP faces; server.py puts them together
"""

from __future__ import annotations

__version__ = "1.0.0"
