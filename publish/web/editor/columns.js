// What the columns of a table hold: numbers, shapes, names.

import { language } from "./dom.js"

const XSD = "http://www.w3.org/2001/XMLSchema#"
const NUMERIC = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
   "positiveInteger", "unsignedInt", "unsignedLong"].map((name) => XSD + name),
)
const WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"

/** Return the names of the columns that hold numbers only. */
export function numeric(table) {
  return table.names.filter((name) => all(table, name, (term) => NUMERIC.has(term.datatype)))
}

/** Return the name of the column that holds shapes, if there is one. */
export function shapes(table) {
  return table.names.find((name) => all(table, name, (term) => term.datatype === WKT))
}

/** Return the name of the column by which a reader knows a row. */
export function naming(table) {
  const others = table.names.filter((name) => !numeric(table).includes(name) && name !== shapes(table))
  const text = (term) => term.type === "literal"
  const inLanguage = (term) => text(term) && term["xml:lang"] === language
  return (
    others.find((name) => all(table, name, inLanguage)) ?? others.find((name) => all(table, name, text)) ?? others[0]
  )
}

function all({ rows }, name, test) {
  const terms = rows.map((row) => row[name]).filter(Boolean)
  return terms.length > 0 && terms.every(test)
}
