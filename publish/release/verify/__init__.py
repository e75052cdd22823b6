"""A release examined without trust in whoever made or serves it.

In: a directory, or the address of a site whose files are downloaded within bounds.
Out: one finding for each thing that can be checked: checksums, counts, formats that agree,
claims of the catalogue. Shares no writer with `release`.
Open first: `verify`.
"""
