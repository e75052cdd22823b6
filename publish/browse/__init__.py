"""What a page or a list says, before it is a page.

In: the store and the shapes of a release.
Out: the document about a thing, names by language, members of lists, facets, figures, tables of
things as CSV, terms of the vocabulary, citations; without HTML and without HTTP.
Open first: `describe`, then `facets`.
"""
