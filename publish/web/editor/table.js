// Results as a table: things of ours lead to their pages, long names are shortened.

import { numeric } from "./columns.js"
import { language, make, said } from "./dom.js"

const MOST = 1000
const LONG = 300

/** Return a table of results; `place` has the base, its path here, and the prefixes. */
export function tableOf(table, place) {
  const { names, rows } = table
  const numbers = new Set(numeric(table))
  const aligned = (name) => (numbers.has(name) ? "number" : null)
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col", class: aligned(name) }, name)))
  const body = rows.slice(0, MOST).map((row) => make("tr", {}, ...names.map((name) => make("td", { class: aligned(name) }, cell(row[name], place)))))
  const more = rows.length > MOST ? make("p", {}, said("first", { number: MOST })) : null
  const wide = make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": said("results") }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)))
  return make("div", {}, wide, more)
}

function cell(term, place) {
  if (!term) return null
  if (term.type === "uri") return link(term.value, place)
  if (term.type === "bnode") return `_:${term.value}`
  if (typeof term.value !== "string") return JSON.stringify(term.value)
  const tag = term["xml:lang"]
  const long = term.value.length > LONG
  const text = make("span", { lang: tag && tag !== language ? tag : null, title: long ? said("shortened") : null }, long ? `${term.value.slice(0, LONG)}…` : term.value)
  const mark = term.datatype && make("small", {}, ` ${shortened(term.datatype, place.prefixes)}`)
  return make("span", {}, text, mark ?? null)
}

function link(iri, place) {
  const text = shortened(iri, place.prefixes)
  const href = address(iri, place)
  return href ? make("a", { href, title: iri }, text) : text
}

/** Return where an IRI leads: to our page about it, or out; nowhere unless it is of the web. */
function address(iri, { base, root }) {
  if (!iri.startsWith(base)) return /^https?:\/\//i.test(iri) ? iri : null
  const rest = iri.slice(base.length)
  const thing = rest.match(/^id\/([a-z0-9-]+\/[a-z0-9-]+)$/)
  return thing ? `${root}doc/${thing[1]}.${language}.html` : root + rest
}

export function shortened(iri, prefixes) {
  let best = ["", ""]
  for (const [prefix, space] of Object.entries(prefixes)) {
    if (iri.startsWith(space) && space.length > best[1].length) best = [`${prefix}:`, space]
  }
  return best[0] + iri.slice(best[1].length)
}
