// Results as CSV (RFC 4180): as they are, or so that a spreadsheet opens them without harm.

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/

/** Return CSV. For a spreadsheet: with a byte order mark, and no cell that is a formula. */
export function csv({ names, rows }, { spreadsheet = false } = {}) {
  const cell = (term) => quoted(spreadsheet ? harmless(written(term)) : written(term))
  const lines = [
    names.map((name) => quoted(name)),
    ...rows.map((row) => names.map((name) => cell(row[name]))),
  ]
  return (spreadsheet ? "\ufeff" : "") + lines.map((line) => `${line.join(",")}\r\n`).join("")
}

function written(term) {
  if (!term) return ""
  return term.type === "bnode" ? `_:${term.value}` : term.value
}

/** Put an apostrophe before what a spreadsheet would take for a formula; numbers stay numbers. */
export function harmless(text) {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !NUMBER.test(text) ? `'${text}` : text
}

function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
