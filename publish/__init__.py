"""A linked open data publisher: Turtle and tables in, a release out, HTTP on top.

The rooms, from the roof to the ground; each imports only what stands below it:

    cli          the command lodpub
    web          HTTP faces: routes over views over app over drawing over http
    doctor       any site, examined from outside (on rdf and sparql alone); its checks
    reconcile    the Reconciliation API: names in tables of others -> our things
    build        joins the rooms: sources -> release
    catalog      the data set about itself: DCAT, VoID, service description; the same for ckan
    release      the immutable directory: dumps, manifest, differences; verify, without trust
    linksets     links to the data of others: checked, proposed, accepted
    tables       somebody's table: read, linked, handed back
    search       names and codes: folded, indexed, matched
    browse       what a page or list says, before it is a page
    shacl        shapes read, applied, told in words
    project      the source files, read into named graphs
    sparql       the endpoint without HTTP: protocol, sandboxed workers, results
    rdf          terms and syntaxes; knows nothing of this project
    log settings iris formats dirt eras errors i18n

`server.py`, beside this package, says which addresses there are.
"""

from __future__ import annotations

__version__ = "1.0.0"
