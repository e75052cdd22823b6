"""A linked open data publisher: Turtle and tables in, a release out, HTTP on top.

The modules in the order of their imports (each imports only those above it):

base
    i18n    a text in Japanese and English
    errors       the exception tree; problems with their place
    formats      the one table of representations
    iris         every IRI and path of the site, made and read in one place
    log      the log, as text or JSON
    settings     one frozen object: where, how much, how long
graph
products
    syntax       RDF as text, cut into pieces that a page tells apart
    build        a project -> a release
    maps         outlines of areas -> paths, labels, neighbours
    atlas        which things have an outline, and the maps of them
    charts       numbers -> the geometry of charts
    timelines    dates -> the geometry of time lines
    completions  what an editor offers while a query is written
    ties         how the classes of a vocabulary hang together
    layers       columns of boxes: which stands above which, and how high
    diagrams     classes and their relations -> the geometry of a diagram
    tutorials    what the help pages show: things to run, and what they print
    federation   what the help pages show of joining with data of others
    lookups      what the help pages show of searching: commands, and a form
queries
    rates        how often a client may ask
    ask          a query from the command line
edges
    visits       a request to a stranger's site, and its answer
    visitor      requests one after the other, within limits
    leads        where an answer leads: links, and what a page holds
    reading      what a stranger's RDF says, read in a process of its own
    reader       that process, seen from here
    offers       the files that a catalogue offers
    diagnosis    a check, what it found, and all findings about a site
    discovery    what a site has, found as a stranger would
    representations  the forms of the document about a thing
    dereferencing    checks of what a thing's URI leads to
    mentions     checks of the IRIs in a document
    negotiation  checks of its formats and how they are chosen
    courtesy     checks of what headers say to caches and scripts
    legibility   checks of links, languages and data in pages
    profile      the properties that DCAT-AP asks for
    harvesting   checks of VoID, and whether there is a catalogue
    cataloguing  checks of what the catalogue says
    transfers    checks of the files to download
    crawlers     robots.txt and sitemaps, read
    crawling     checks of what crawlers and other portals follow
    querying     checks of a SPARQL endpoint: how to ask it, formats
    guarding     checks of what it refuses
    tallying     checks of what it says of itself, and its numbers
    doctor       all checks, one after the other
    diagnoses    what was found, as text, JSON and HTML
    console      what the commands share: options, languages, errors
    sharing      what a new project shares with others: a vocabulary, a municipality
    skeletons    the files of a new project, written whole or not at all
    foundation   the command that begins a project
    checkups     commands that look at what is published
    links        commands that look after links to the data of others
    linkups      the command that links somebody's table
    cli          the command `lodpub`
    web/         the HTTP faces; server.py puts them together
"""

from __future__ import annotations

__version__ = "1.0.0"
