// Elements, and the texts of the page's language, which the page brings along.

export const texts = JSON.parse(document.getElementById("workbench-texts").textContent)
export const language = document.documentElement.lang

/** Return a text with its {names} filled in. */
export function said(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (_, key) => values[key])
}

/** Return an element; attributes that are functions are listeners, `null` and `false` are left out. */
export function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children)
}

/** Return an SVG element. */
export function draw(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children)
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, "")
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children.filter((child) => child !== null && child !== undefined))
  return element
}

/** Return a button. */
export function button(text, click, attributes = {}) {
  return make("button", { type: "button", click, ...attributes }, text)
}

/** Return a labelled choice; `options` are [value, text]. */
export function choice(text, options, change) {
  const select = make(
    "select",
    { change: () => change(select.value) },
    ...options.map(([value, name]) => make("option", { value }, name)),
  )
  return make("label", {}, `${text} `, select)
}

/** Save a text as a file. */
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }))
  make("a", { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
