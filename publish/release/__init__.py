"""A release: the immutable directory that is served.

In: the data set of a build, or a directory that exists.
Out: dumps in every format, manifest with checksums, completeness, differences between releases
and their history, the feed.
Open first: `release`; what a directory holds is in `manifest`.
"""
