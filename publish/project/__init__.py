"""The source files of a project, read into named graphs.

In: `data/`, `ontology/`, `shapes/` as an official edits them: Turtle, CSV with CSVW metadata.
Out: statements, each with its graph and its place (file, line or row), or problems with theirs;
example queries, withdrawals, looks and stamp of the publisher.
Open first: `dataset`.
"""
