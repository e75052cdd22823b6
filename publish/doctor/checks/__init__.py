"""The checks of the doctor, a module for each group.

In: a `Site` that has been discovered, and the bounded client that visits it.
Out: results (passed, warned, failed, skipped), each with the specification it rests on.
Open first: `dereference`; `diagnose` runs all in order.
"""
