// The query as a program: in the shell, Python, R and JavaScript.

/** Return [name, code] for each language; `rows` tells a table of results from a graph. */
export function snippets(endpoint, query, rows) {
  const accept = rows ? "text/csv" : "text/turtle"
  return [
    ["curl", curl(endpoint, query, accept)],
    ["Python", python(endpoint, query, rows)],
    ["R", r(endpoint, query, rows)],
    ["JavaScript", javascript(endpoint, query, rows)],
  ]
}

/** Tell whether the answer to a query is rows; comments, IRIs and strings may hold any word. */
export function isTable(query) {
  const bare = query.replace(/<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, " ")
  return !/^(CONSTRUCT|DESCRIBE)$/i.test(bare.match(/\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i)?.[1] ?? "")
}

function curl(endpoint, query, accept) {
  const quoted = `query=${query}`.replaceAll("'", "'\\''")
  return `curl -H 'Accept: ${accept}' --data-urlencode '${quoted}' '${endpoint}'\n`
}

function python(endpoint, query, rows) {
  const text = query.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"').replace(/"$/, '"\n')
  const use = rows
    ? `endpoint.setReturnFormat(JSON)
answer = endpoint.query().convert()
for row in answer.get("results", {}).get("bindings", [answer]):
    print({name: term["value"] for name, term in row.items() if isinstance(term, dict) and "value" in term} or row.get("boolean"))
`
    : `endpoint.setReturnFormat(TURTLE)
print(endpoint.query().convert().decode())
`
  return `# pip install SPARQLWrapper
from SPARQLWrapper import ${rows ? "JSON" : "TURTLE"}, POST, SPARQLWrapper

endpoint = SPARQLWrapper("${endpoint}")
endpoint.setMethod(POST)
endpoint.setQuery("""${text}""")
${use}`
}

function r(endpoint, query, rows) {
  const dashes = "-".repeat(Math.max(3, ...[...query.matchAll(/\)(-+)"/g)].map((match) => match[1].length + 1)))
  const read = rows
    ? 'answer <- read.csv(address, encoding = "UTF-8", colClasses = "character")\nprint(answer)'
    : 'writeLines(readLines(address, encoding = "UTF-8"))'
  return `query <- r"${dashes}(${query})${dashes}"
address <- paste0("${endpoint}?format=${rows ? "csv" : "turtle"}&query=", URLencode(enc2utf8(query), reserved = TRUE))
${read}
`
}

function javascript(endpoint, query, rows) {
  const text = query.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")
  return `const response = await fetch("${endpoint}", {
  method: "POST",
  headers: { Accept: "${rows ? "application/sparql-results+json" : "text/turtle"}" },
  body: new URLSearchParams({ query: \`${text}\` }),
})
if (!response.ok) throw new Error(await response.text())
console.log(await response.${rows ? "json" : "text"}())
`
}
