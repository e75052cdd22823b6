// A numeric column as bars. It is a table, so whoever does not see the bars reads the numbers.

import { naming, numeric } from "./columns.js"
import { choice, draw, make, said } from "./dom.js"

const MOST = 100

/** Return a chart of a table with at least one numeric column. */
export function chart(table) {
  const columns = numeric(table)
  const body = make("div", {})
  const show = (column) => body.replaceChildren(bars(table, column))
  show(columns[0])
  const options = columns.map((name) => [name, name])
  return make("div", {}, columns.length > 1 ? make("p", {}, choice(said("column"), options, show)) : null, body)
}

function bars(table, column) {
  const name = naming(table)
  const values = table.rows.slice(0, MOST).map((row, index) => [row[name]?.value ?? String(index + 1), row[column]])
  const most = Math.max(...values.map(([, term]) => Math.abs(Number(term?.value ?? 0))), Number.MIN_VALUE)
  const rows = values.map(([text, term]) =>
    make("tr", {}, make("th", { scope: "row" }, text), make("td", { class: "number" }, term?.value ?? ""), make("td", { class: "level" }, bar(Number(term?.value ?? 0) / most))),
  )
  const head = make("tr", {}, make("th", { scope: "col" }, name ?? ""), make("th", { scope: "col", class: "number" }, column), make("th", { scope: "col" }, said("bars")))
  const more = table.rows.length > MOST ? make("p", {}, said("first", { number: MOST })) : null
  const whole = make("table", { class: "chart" }, make("thead", {}, head), make("tbody", {}, ...rows))
  return make("div", {}, make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": said("chart") }, whole), more)
}

function bar(share) {
  return draw(
    "svg",
    { "aria-hidden": "true", width: "100%", height: "16" },
    draw("rect", { class: share < 0 ? "below" : "above", x: "0", y: "2", height: "12", width: `${(Math.abs(share) * 100).toFixed(2)}%` }),
  )
}
