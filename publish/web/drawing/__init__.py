"""Geometry of what is drawn on pages, without Flask.

In: counts, outlines, classes with their relations, RDF as text.
Out: bars and time lines, maps, the class diagram, text in pieces to highlight.
Open first: `charts`.
"""
