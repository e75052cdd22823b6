"""Names and codes of places and things: folded, indexed, matched.

In: what somebody wrote: a name, a reading, a code, an address.
Out: candidates, best first, each with its points and the reasons for them in both languages.
Open first: `matcher`, then `index`.
"""
