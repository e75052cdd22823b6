"""What the help pages show of searching: commands to run, and a form with suggestions to copy."""

from __future__ import annotations

import shlex

from publish.browse.samples import Choice
from publish.errors import CodeError
from publish.iris import Iris
from publish.search.codes import read_code
from publish.web.views.tutorials import Runs, Snippet


def lookups(iris: Iris, choice: Choice) -> list[Snippet]:
    """Return what someone runs who has a name, and wants its IRI."""
    thing = choice.thing
    name, type_ = thing.names["ja"], choice.kind.segment

    def asked(service: str, text: str) -> str:
        pairs = (f"q={text}", f"type={type_}")
        parameters = " ".join(f"--data-urlencode {shlex.quote(pair)}" for pair in pairs)
        return f"curl -fsSG {parameters} \\\n  {shlex.quote(iris.of(service))}"

    return [
        *_identities(iris, choice),
        Snippet("suggest", Runs.SHELL, asked("suggest", name[:-1] or name), thing.iri),
        Snippet("search", Runs.SHELL, asked("search.json", name), thing.iri),
        Snippet("form", Runs.HTML, _form(iris.of("suggest"), type_, name)),
    ]


def _identities(iris: Iris, choice: Choice) -> list[Snippet]:
    """Return what someone runs who has an IRI of others, or a code of a local government."""
    thing = choice.thing
    found: list[Snippet] = []
    if choice.relation:
        pair = shlex.quote(f"uri={thing.others[choice.relation][0]}")
        text = f"curl -fsSG --data-urlencode {pair} \\\n  {shlex.quote(iris.of('sameas.json'))}"
        found.append(Snippet("sameas", Runs.SHELL, text, thing.iri))
    document = iris.document_of(thing.iri)
    if document and thing.code and _is_government_code(thing.code):
        text = "curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' "
        address = shlex.quote(iris.of(f"code/{thing.code}"))
        found.append(Snippet("government", Runs.SHELL, text + address, f"303 {document}"))
    return found


def _is_government_code(text: str) -> bool:
    """Tell whether a code is one of those of local governments, which `/code/` knows."""
    try:
        return read_code(text).digits == text
    except CodeError:
        return False


def _form(address: str, type_: str, name: str) -> str:
    """Return a form of somebody else's that offers our names and sends our IRI."""
    return f"""\
<form action="/register" method="post">
  <label>名称 / Name <input id="name" name="name" list="names" placeholder="{name}"></label>
  <input id="uri" name="uri" readonly aria-label="URI">
  <datalist id="names"></datalist>
</form>
<script>
  const box = document.querySelector('#name');
  const names = document.querySelector('#names');
  const uri = document.querySelector('#uri');
  let last = null;
  box.addEventListener('input', async () => {{
    last?.abort();
    last = new AbortController();
    const wanted = new URLSearchParams({{q: box.value, type: '{type_}', lang: 'ja'}});
    try {{
      const answer = await fetch(`{address}?${{wanted}}`, {{signal: last.signal}});
      const {{suggestions}} = await answer.json();
      names.replaceChildren(...suggestions.map(one => new Option(one.description.ja, one.name.ja)));
      const same = suggestions.filter(one => one.name.ja === box.value);
      uri.value = same.length === 1 ? same[0].id : '';
    }} catch (error) {{
      if (error.name !== 'AbortError') throw error;
    }}
  }});
</script>"""
