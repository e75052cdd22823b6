"""A linked open data publisher: Turtle and tables in, a release out, HTTP on top.

The modules in the order of their imports (each imports only those above it):

base
    languages    a text in Japanese and English
    errors       the exception tree; problems with their place
    namespaces   prefixes and namespaces of standard vocabularies
    formats      the one table of representations
    iris         every IRI and path of the site, made and read in one place
    journal      the log, as text or JSON
    settings     one frozen object: where, how much, how long
graph
    terms        IRIs and literals, never blank nodes
    positions    the line on which a Turtle file states a triple
    sources      Turtle files -> statements
    schemas      CSVW metadata -> what the columns of a table mean
    tables       CSV files -> statements
    dataset      named graphs that partition the statements; canonical order
    withdrawn    what was published and is no more
    shapes       the SHACL shapes, read for field order, labels and types
    derive       rules -> graph/derived
    integrity    what no shape can say: dangling IRIs, undeclared terms
    validate     SHACL -> findings with file and line
products
    turtle       readable Turtle and TriG
    jsonld       the JSON-LD context, and JSON-LD in its terms
    serialise    every RDF format, the same bytes each time
    reports      the findings as text, JSON, HTML and RDF
    stats        counts
    manifest     what a release says of itself: identity, counts, checksums
    parts        the data sets of the catalogue, and which statements each has
    dump         every data set in every format, compressed
    void, catalog, service   the data set about itself
    tokens       SPARQL cut into its terminals
    mistakes     where a query that the engine refuses is wrong
    examples     example queries, with titles in both languages
    stamp        date and version, and the content they belong to
    release      the immutable directory and the `current` link
    about        all of graph/catalog
    build        a project -> a release
    document     what a document about a thing says
    labels       names and texts of things by language
    origins      the queries that give what pages show
    completions  what an editor offers while a query is written
    listing      the things of a type, and the same as a table
    vocabulary   the project's own terms in order
queries
    inspection   what a query's terminals tell of it
    parameters   the parts of a SPARQL request -> its parameters
    protocol     the parameters -> what is asked
    refusals     what is not even handed to a worker
    failures     why a query has no answer, told in both languages
    frames       what server and worker processes say to each other
    sandbox      what a worker gives up before it reads a stranger's query
    results      rows in every format, cut when too long
    constructs   RDF answers
    worker       the process in which queries are evaluated
    process      one such process, seen from the server
    jobs         a query on its way, and its limits
    answers      an answer while it comes: held back, streamed, or cut
    workers      a pool of such processes; one that overruns is replaced
    pools        the pool of the release that is served
    rates        how often a client may ask
    ask          a query from the command line
edges
    console      what the commands share: options, languages, errors
    checkups     commands that look at what is published
    cli          the command `lodpub`
    web/         the HTTP faces; server.py puts them together
"""

from __future__ import annotations

__version__ = "1.0.0"
