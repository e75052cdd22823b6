"""Terms and syntaxes of RDF, without anything of this project.

In: terms of pyoxigraph, text in any syntax.
Out: sorted Turtle, TriG, JSON-LD and the other formats, canonical N-Quads and their
hash, prefixes, geometries, the line on which a file says something.
Open first: `terms`, then `serialize`.
"""
