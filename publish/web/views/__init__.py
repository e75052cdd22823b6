"""View models: what templates show, as plain values.

In: quads and names of a release, the language of the page.
Out: rows of facts, relations, facets, figures, terms, differences, tutorials.
Open first: `facts`.
"""
