// The editor. It stands in a shadow root, because there CodeMirror styles itself by constructed
// style sheets, which a strict Content-Security-Policy allows; elsewhere it would add <style>.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language"
import { setDiagnostics } from "@codemirror/lint"
import { EditorState } from "@codemirror/state"
import { EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view"
import { tags } from "@lezer/highlight"
import { sparql } from "codemirror-lang-sparql"
import { completer } from "./complete.js"
import { language, said, texts } from "./dom.js"

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--reference)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--visited)" },
  { tag: [tags.string, tags.annotation], color: "var(--source)" },
  { tag: [tags.integer, tags.float, tags.bool], color: "var(--editorial)" },
  { tag: [tags.url, tags.namespace, tags.typeName], color: "var(--link)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
])

const looks = EditorView.theme({
  "&": { border: "1px solid var(--quiet)", borderRadius: ".25rem", background: "var(--ground)", color: "var(--text)", maxHeight: "32rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { font: ".875rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK JP', monospace", overflow: "auto" },
  ".cm-content": { minHeight: "14rem", caretColor: "var(--text)" },
  ".cm-gutters": { background: "var(--raised)", color: "var(--quiet)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "transparent" },
  "&.cm-focused .cm-activeLine": { background: "color-mix(in srgb, var(--raised) 60%, transparent)" },
  ".cm-tooltip": { background: "var(--ground)", color: "var(--text)", border: "1px solid var(--quiet)", borderRadius: ".25rem" },
  ".cm-tooltip-autocomplete ul li": { padding: ".15rem .5rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--reference)", color: "var(--ground)" },
  ".cm-completionDetail": { fontStyle: "normal", fontFamily: "system-ui, sans-serif", marginInlineStart: "1rem" },
  ".cm-diagnostic-error": { borderInlineStart: "4px solid var(--focus)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--focus)", textUnderlineOffset: ".2em" },
})

const phrases = language === "ja"
  ? { Completions: "候補", Diagnostics: "誤り", "Control character": "制御文字" }
  : {}

/** Make an editor out of a text area; `run` is called on Ctrl+Enter, `terms` promises completions. */
export function editorFor(area, host, { run, changed, terms }) {
  const root = host.attachShadow({ mode: "open" })
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }]),
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        indentUnit.of("  "),
        EditorView.lineWrapping,
        EditorState.phrases.of(phrases),
        sparql(),
        syntaxHighlighting(colours),
        autocompletion({ override: [completer(terms)], icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        looks,
        EditorView.contentAttributes.of({ "aria-label": `${texts.query}. ${texts.keys}`, spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          area.value = update.state.doc.toString()
          changed()
        }),
      ],
    }),
  })
  return {
    focus: () => view.focus(),
    put: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark: (problem) => mark(view, problem),
  }
}

/** Mark where a query is wrong; without a problem, take the mark away. */
function mark(view, problem) {
  const found = problem?.line ? [range(view.state.doc, problem)] : []
  view.dispatch(setDiagnostics(view.state, found))
  if (found.length === 0) return
  view.dispatch({ selection: { anchor: found[0].from }, scrollIntoView: true })
  view.focus()
}

function range(doc, { line, column, what }) {
  const row = doc.line(Math.min(Math.max(line, 1), doc.lines))
  // the server counts characters, this page counts UTF-16 units
  const before = Array.from(row.text).slice(0, (column ?? 1) - 1).join("").length
  const word = row.text.slice(before).match(/^([\w\p{L}:?$@.-]+|\S)/u)
  const from = row.from + before
  return { from, to: Math.max(from + (word ? word[0].length : 0), from), severity: "error", message: what || said("failed") }
}
