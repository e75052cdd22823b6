// Well-known text -> rings, lines and points as longitude and latitude.

const CRS = /^\s*<([^>]*)>\s*/
const PAIR = /(-?[\d.]+(?:[eE][+-]?\d+)?)\s+(-?[\d.]+(?:[eE][+-]?\d+)?)/g
const KINDS = { POINT: "points", MULTIPOINT: "points", LINESTRING: "lines", MULTILINESTRING: "lines", POLYGON: "rings", MULTIPOLYGON: "rings" }

/** Return {points} or {lines} or {rings}, or null for what this page cannot draw. */
export function parse(text) {
  const crs = text.match(CRS)?.[1] ?? ""
  const body = text.replace(CRS, "").trim()
  const kind = KINDS[body.match(/^[A-Za-z]+/)?.[0].toUpperCase()]
  if (!kind) return null
  const parts = [...body.matchAll(/\(([^()]+)\)/g)].map((match) => pairs(match[1], crs))
  if (parts.length === 0 || parts.some((part) => part.length === 0)) return null
  return { [kind]: kind === "points" ? parts.flat() : parts }
}

function pairs(text, crs) {
  const found = [...text.matchAll(PAIR)].map((match) => [Number(match[1]), Number(match[2])])
  // EPSG:4326 writes the latitude first; CRS84, the default of GeoSPARQL, the longitude
  return /EPSG\/.*\/4326$/.test(crs) ? found.map(([y, x]) => [x, y]) : found
}
