// Shapes drawn by ourselves: no tiles, no third party. Names appear on pointing and on focus.

import { naming, numeric, shapes } from "./columns.js"
import { choice, draw, make, said } from "./dom.js"
import { parse } from "./wkt.js"

const WIDTH = 800
const MARGIN = 12
/** Beyond this number, shapes are no stops of the Tab key: the table has them all. */
const MOST_STOPS = 60

/** Return a map of a table with a column of shapes. */
export function map(table) {
  const column = shapes(table)
  const drawn = table.rows.map((row) => [row, row[column] && parse(row[column].value)]).filter(([, shape]) => shape)
  if (drawn.length === 0) return make("p", {}, said("noShapes"))
  const note = make("p", { class: "pointed", "aria-live": "polite" }, said("point"))
  const place = projection(drawn.map(([, shape]) => shape))
  const columns = numeric(table)
  const body = make("div", {})
  const show = (shade) => body.replaceChildren(picture(table, drawn, place, note, shade))
  show(columns[0])
  const options = columns.map((name) => [name, name])
  return make("div", { class: "map" }, columns.length > 1 ? make("p", {}, choice(said("shade"), options, show)) : null, body, note)
}

function coordinates(shape) {
  return shape.points ?? (shape.rings ?? shape.lines).flat()
}

/** Return the size of the picture and how places come to stand in it. */
function projection(all) {
  let west = Infinity, east = -Infinity, south = Infinity, north = -Infinity
  for (const shape of all) {
    for (const [x, y] of coordinates(shape)) {
      west = Math.min(west, x); east = Math.max(east, x)
      south = Math.min(south, y); north = Math.max(north, y)
    }
  }
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const wide = Math.max((east - west) * narrow, (north - south) / 2, 1e-6)
  const scale = (WIDTH - 2 * MARGIN) / wide
  const at = ([x, y]) => [(MARGIN + (x - west) * narrow * scale).toFixed(1), (MARGIN + (north - y) * scale).toFixed(1)]
  return { height: Math.ceil((north - south) * scale + 2 * MARGIN), at }
}

function picture(table, drawn, { height, at }, note, shade) {
  const name = naming(table)
  const most = Math.max(...drawn.map(([row]) => Number(row[shade]?.value ?? 0)), Number.MIN_VALUE)
  const figures = drawn.map(([row, shape]) => {
    const number = shade && row[shade] ? `${shade}: ${row[shade].value}` : ""
    const text = [row[name]?.value, number].filter(Boolean).join(" – ")
    const weight = shade ? 0.12 + (0.78 * Math.max(Number(row[shade]?.value ?? 0), 0)) / most : 0.35
    const point = () => note.replaceChildren(text)
    const attributes = { class: "shape", "fill-opacity": weight.toFixed(2), role: "img", "aria-label": text, mouseenter: point, focus: point, tabindex: drawn.length <= MOST_STOPS ? "0" : null }
    return figure(shape, at, attributes, text)
  })
  const label = said("mapLabel", { number: drawn.length })
  return draw("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "group", "aria-label": label }, ...figures)
}

function figure(shape, at, attributes, text) {
  const title = draw("title", {}, text)
  if (shape.points) {
    const dots = shape.points.map((pair) => { const [cx, cy] = at(pair); return draw("circle", { cx, cy, r: "4" }) })
    return draw("g", attributes, title, ...dots)
  }
  const close = shape.rings ? "Z" : ""
  const d = (shape.rings ?? shape.lines).map((part) => `M${part.map((pair) => at(pair).join(" ")).join("L")}${close}`).join("")
  return draw("path", { ...attributes, d, "fill-rule": "evenodd", ...(close ? {} : { fill: "none" }) }, title)
}
