"""The command `lodpub`: a verb a function, what it does stands in the rooms below.

In: arguments, `LODPUB_*` and the project's `lodpub.toml`.
Out: results on standard output, words on standard error; 0, 1 (findings) or 2 (usage).
Open first: `main`.
"""
