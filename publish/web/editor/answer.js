// Ask the endpoint; tell an answer from a refusal and from one that was cut.

import { language, said } from "./dom.js"

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8"
/** Bytes that this page takes; whoever wants more takes a file. */
const MOST = 32 << 20

export class Problem extends Error {
  constructor(what, { hint = "", line, column } = {}) {
    super(what)
    Object.assign(this, { what, hint, line, column })
  }
}

/** Return {table} or {truth} or {turtle}, with the text as it came; raise Problem otherwise. */
export async function ask(endpoint, query, stop) {
  let response, text
  try {
    response = await fetch(endpoint, {
      method: "POST",
      headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query" },
      body: query,
      signal: stop.signal,
    })
    text = await read(response, stop)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(said(error.name === "AbortError" ? "stopped" : "broken"))
  }
  if (!response.ok) throw refused(response, text)
  const truncated = response.headers.get("SPARQL-Truncated") === "true"
  if (response.headers.get("Content-Type").startsWith("text/turtle")) return { turtle: text, text, truncated }
  const content = JSON.parse(text)
  if ("boolean" in content) return { truth: content.boolean, text }
  const helped = /rel="?help/.test(response.headers.get("Link") ?? "")
  return { table: { names: content.head.vars, rows: content.results.bindings }, text, helped, truncated: truncated || content.truncated === true }
}

/** Return {notes, query}: why cells of aggregates are empty, and the query to ask instead, or null. */
export async function advice(address, query, { names, rows }) {
  const empty = names.filter((name) => rows.some((row) => !(name in row)))
  const asked = new URLSearchParams(empty.map((name) => ["empty", name]))
  const response = await fetch(`${address}?${asked}`, { method: "POST", body: query })
  return response.ok ? response.json() : { notes: [], query: null }
}

async function read(response, stop) {
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = "", size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > MOST) {
      stop.abort()
      throw new Problem(said("large"))
    }
    text += decoder.decode(value, { stream: true })
  }
}

function refused(response, text) {
  try {
    const said_ = JSON.parse(text)
    const in_ = (name) => (language === "ja" ? said_[`${name}_ja`] : said_[name]) ?? said_[name]
    return new Problem(in_("detail") ?? in_("title"), { hint: in_("hint"), line: said_.line, column: said_.column })
  } catch {
    return new Problem(`${said("failed")} (${response.status})`)
  }
}
