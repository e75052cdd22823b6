// What the editor offers: our prefixes, classes, properties and graphs, found by their names or by
// their labels in either language; variables of the query; keywords.

import { syntaxTree } from "@codemirror/language"
import { language } from "./dom.js"

const KEYWORDS = (
  "SELECT DISTINCT WHERE ASK CONSTRUCT DESCRIBE PREFIX OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES AS " +
  "EXISTS NOT IN LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR LANG LANGMATCHES STR DATATYPE BOUND " +
  "CONTAINS STRSTARTS STRENDS CONCAT REGEX REPLACE LCASE UCASE COALESCE IF IRI STRDT YEAR MONTH ROUND FROM NAMED"
).split(" ").concat("ORDER BY", "GROUP BY", "HAVING", "FILTER NOT EXISTS")
const WORD = /[?$]?[\w\p{L}\p{N}ー・-]*:?[\w\p{L}\p{N}ー・.-]*$/u
const MOST = 60
const LANGUAGES = ["ja", "en"]

/** Return a source of completions; `terms` is a promise of what the server knows. */
export function completer(terms) {
  return async (context) => {
    const word = context.matchBefore(WORD)
    const inside = syntaxTree(context.state).resolveInner(context.pos, -1).name
    if (["Comment", "String", "Iri"].includes(inside)) return null
    if (!word || (word.from === word.to && !context.explicit)) return null
    const known = await terms
    if (context.aborted) return null
    const options = /^[?$]/.test(word.text)
      ? variables(context.state.doc.toString(), word.text)
      : [...ranked(known, word.text.toLowerCase()), ...keywords(word.text)]
    return options.length ? { from: word.from, options, filter: false } : null
  }
}

function variables(text, written) {
  const found = new Set(text.match(/[?$][\w\p{L}]+/gu) ?? [])
  found.delete(written)
  return [...found].filter((name) => name.startsWith(written)).sort().map((label) => ({ label, type: "variable" }))
}

function keywords(written) {
  const start = written.toUpperCase()
  return start ? KEYWORDS.filter((word) => word.startsWith(start) && word !== start).map((label) => ({ label, type: "keyword" })) : []
}

function ranked({ prefixes, terms }, written) {
  const found = []
  for (const term of terms) {
    const rank = rankOf(term, written)
    if (rank) found.push([rank, term])
  }
  found.sort(([one, a], [two, b]) => two - one || b.uses - a.uses)
  const options = found.slice(0, MOST).map(([, term]) => option(term, prefixes))
  const names = Object.keys(prefixes).filter((prefix) => written && prefix.startsWith(written))
  return [...options, ...names.map((prefix) => ({ label: `${prefix}:`, detail: prefixes[prefix], type: "namespace", apply: inserted(`${prefix}:`, prefix, prefixes) }))]
}

/** How well a term fits what is written: by its name, its local name, or a label. */
function rankOf(term, written) {
  const name = term.name.toLowerCase()
  if (LANGUAGES.some((tag) => term[tag]?.toLowerCase() === written)) return 4
  if (name.startsWith(written)) return 3
  if (name.slice(name.indexOf(":") + 1).startsWith(written)) return 2
  return LANGUAGES.some((tag) => term[tag]?.toLowerCase().includes(written)) ? 1 : 0
}

function option(term, prefixes) {
  const other = LANGUAGES.find((tag) => tag !== language)
  const labels = [term[language], term[other]].filter(Boolean)
  return { label: term.name, detail: labels.join(" / "), type: term.kind, apply: inserted(term.name, term.name.split(":")[0], prefixes) }
}

/** Return what puts a name into the query, and declares its prefix if that is lacking. */
function inserted(name, prefix, prefixes) {
  return (view, _completion, from, to) => {
    const declared = new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(view.state.doc.toString())
    const line = `PREFIX ${prefix}: <${prefixes[prefix]}>\n`
    const before = view.state.sliceDoc(0, from)
    // not where the declaration itself is being written
    const add = declared || /PREFIX\s+$/i.test(before) ? "" : line
    view.dispatch({
      changes: [...(add ? [{ from: 0, insert: add }] : []), { from, to, insert: name }],
      selection: { anchor: from + add.length + name.length },
      userEvent: "input.complete",
    })
  }
}
