"""Rules of HTTP as pure functions (RFC 9110, RFC 9111), without Flask.

In: header values.
Out: which representation, whether it has changed, whether a client has to wait.
Open first: `negotiate`.
"""
