"""SHACL: the shapes read, applied, and told in words.

In: the shapes of a project and its statements.
Out: findings with file and line, derived statements, the JSON-LD context, and every rule as a
sentence. `report` is read by the server and does not load the validator.
Open first: `shapes`, then `validate`.
"""
