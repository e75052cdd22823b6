"""Somebody's table: read with distrust, linked row by row, handed back.

In: a CSV, TSV or XLSX file in bytes, and wishes about its columns.
Out: rows with their outcome, as CSV, XLSX, RDF linkset or CSVW; errors say sheet, row, column.
Open first: `job`, then `link`.
"""
