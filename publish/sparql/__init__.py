"""The SPARQL endpoint without HTTP (SPARQL 1.1 Query and Protocol).

In: a request's parameters.
Out: rows or triples in the wanted format, from a sandboxed worker process that is killed when
it takes too long or too much; or a failure in both languages with its place in the query.
Open first: `pool`; the way of a query is protocol, guard, pool, process, worker, results, answer.
"""
