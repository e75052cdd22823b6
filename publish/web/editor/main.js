// The workbench: takes over the plain form, which goes on working without this script.

import { Problem, advice, ask } from "./answer.js"
import { chart } from "./chart.js"
import { numeric, shapes } from "./columns.js"
import { csv } from "./csv.js"
import { button, language, make, said, save } from "./dom.js"
import { editorFor } from "./editor.js"
import { map } from "./map.js"
import { isTable, snippets } from "./snippets.js"
import { tableOf } from "./table.js"

/** Longer queries are shared in the fragment, which no server has to read. */
const LONGEST_ADDRESS = 4000
const NOTHING = { prefixes: {}, terms: [] }

const form = document.getElementById("workbench")
const area = document.getElementById("query")
const outcome = document.getElementById("outcome")
const settings = form.dataset
const terms = fetch(settings.terms).then((response) => (response.ok ? response.json() : NOTHING)).catch(() => NOTHING)
let stop = null

const fragment = location.hash.startsWith("#query=") ? decoded(location.hash.slice(7)) : null
if (fragment !== null) area.value = fragment

const host = make("div", { class: "editor" })
area.before(host)
const editor = editorFor(area, host, { run, changed: stale, terms })
area.hidden = true
area.required = false // what is hidden cannot be asked to be filled in
document.querySelector("label[for=query]").addEventListener("click", () => editor.focus())

const stopping = button(said("stop"), () => stop?.abort(), { hidden: true })
const status = make("p", { role: "status", class: "status" })
form.querySelector("[type=submit]").after(stopping)
form.append(make("p", { class: "hint" }, said("keys")), share(), status)
document.getElementById("programs").replaceChildren(programs())

form.addEventListener("submit", (event) => {
  if (form.elements.format.value !== "html") return // a file, as without this script
  event.preventDefault()
  run()
})

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function run() {
  stop?.abort()
  const mine = (stop = new AbortController())
  stopping.hidden = false
  status.textContent = said("running")
  outcome.setAttribute("aria-busy", "true")
  editor.mark(null)
  const begun = performance.now()
  try {
    const asked = area.value
    const answer = await ask(settings.endpoint, asked, mine)
    if (stop !== mine) return
    const { prefixes } = await terms
    const seconds = ((performance.now() - begun) / 1000).toFixed(2)
    status.textContent = answer.table ? said("found", { number: answer.table.rows.length, seconds }) : said("done", { seconds })
    const advised = answer.helped ? await advice(settings.advice, asked, answer.table).catch(() => null) : null // the answer stands without it
    if (stop !== mine) return
    outcome.replaceChildren(...presented(answer, { base: settings.base, root: settings.root, prefixes }))
    if (advised?.notes.length) outcome.firstElementChild.after(advising(advised))
    history.replaceState(null, "", link())
  } catch (error) {
    if (stop === mine) fail(error)
  } finally {
    if (stop === mine) {
      stop = null
      stopping.hidden = true
      outcome.removeAttribute("aria-busy")
    }
  }
}

/** Say why cells are empty; the rewritten query goes into the editor, and is not run. */
function advising({ notes, query }) {
  const put = query ? button(said("rewrite"), () => {
    editor.put(query)
    editor.focus()
  }) : null
  const more = make("a", { href: settings.help }, said("aggregates"))
  return make("div", { class: "banner", id: "advice" }, ...notes.map((note) => make("p", {}, note[language])), make("p", {}, put, put ? " " : null, more))
}

function fail(error) {
  if (!(error instanceof Problem)) throw error
  const place = error.line ? make("p", {}, said("at", { line: error.line, column: error.column })) : null
  status.textContent = ""
  outcome.replaceChildren(
    make("div", { class: "banner", role: "alert" }, make("p", {}, make("strong", {}, error.what), ` ${error.hint ?? ""}`), place),
  )
  editor.mark(error)
}

function presented(answer, place) {
  const title = make("h2", {}, said("results"))
  const cut = answer.truncated ? make("p", { class: "banner" }, said("truncated")) : null
  const views = viewsOf(answer, place)
  const body = make("div", { class: "view" })
  const buttons = views.map(([name, view]) => button(said(name), () => show(name, view), { "aria-pressed": "false", "data-view": name }))
  const show = (name, view) => {
    body.replaceChildren(view())
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.view === name))
  }
  show(...views[0])
  const bar = make("div", { class: "tools", role: "group", "aria-label": said("views") }, ...buttons)
  return [title, cut, make("div", { class: "toolbar" }, bar, downloads(answer)), body].filter(Boolean)
}

function viewsOf(answer, place) {
  const raw = ["raw", () => make("pre", { tabindex: "0", role: "region", "aria-label": said("results") }, make("code", {}, answer.text))]
  if (answer.turtle !== undefined) return [raw]
  if (answer.truth !== undefined) return [["answer", () => make("p", {}, make("strong", {}, said(answer.truth ? "yes" : "no")))], raw]
  const { table } = answer
  return [
    ["table", () => tableOf(table, place)],
    ...(numeric(table).length ? [["chart", () => chart(table)]] : []),
    ...(shapes(table) ? [["map", () => map(table)]] : []),
    raw,
  ]
}

function downloads({ table, turtle, text }) {
  const buttons = table
    ? [
        button(said("csv"), () => save("results.csv", "text/csv;charset=utf-8", csv(table))),
        button(said("excel"), () => save("results-excel.csv", "text/csv;charset=utf-8", csv(table, { spreadsheet: true }))),
        button("JSON", () => save("results.json", "application/sparql-results+json", text)),
      ]
    : turtle !== undefined
      ? [button("Turtle", () => save("results.ttl", "text/turtle;charset=utf-8", text))]
      : []
  return make("div", { class: "tools", role: "group", "aria-label": said("save") }, ...buttons)
}

/** Return the address that opens the query without running it. */
function link() {
  const written = encodeURIComponent(area.value)
  const page = location.origin + settings.page
  return written.length < LONGEST_ADDRESS ? `${page}?query=${written}` : `${page}#query=${written}`
}

function share() {
  const field = make("input", { type: "text", readonly: true, id: "link", size: "40", focus: () => field.select() })
  const shown = make("span", { hidden: true }, make("label", { for: "link" }, `${said("link")} `), field)
  const give = () => {
    field.value = link()
    shown.hidden = false
    field.focus()
    copy(field.value)
  }
  return make("p", { class: "share" }, button(said("share"), give), " ", shown)
}

/** Put a text on the clipboard; where the browser forbids it, it stands there to be copied. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    status.textContent = said("copied")
  } catch {
    status.textContent = said("copyYourself")
  }
}

function programs() {
  const code = make("code", {})
  const names = snippets("", "", true).map(([name]) => name)
  const written = () => snippets(settings.address, area.value, isTable(area.value))
  let chosen = names[0]
  const show = () => code.replaceChildren(written().find(([name]) => name === chosen)[1])
  const choose = (name) => {
    chosen = name
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.textContent === name))
    show()
  }
  const buttons = names.map((name) => button(name, () => choose(name), { "aria-pressed": String(name === chosen) }))
  area.addEventListener("changed", show)
  show()
  const bar = make("div", { class: "tools", role: "group", "aria-label": said("languages") }, ...buttons)
  const copying = button(said("copy"), () => copy(code.textContent), { id: "copy" })
  return make("div", {}, make("div", { class: "toolbar" }, bar, copying), make("pre", { tabindex: "0", role: "region", "aria-label": said("code") }, code))
}

function stale() {
  area.dispatchEvent(new Event("changed"))
}

// the language of the page is part of every link that leads away from the query as it is written
for (const other of document.querySelectorAll(".languages a")) {
  other.addEventListener("click", (event) => {
    event.preventDefault()
    location.href = link().replace(`.${language}.html`, `.${other.lang}.html`)
  })
}
