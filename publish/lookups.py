"""What the help pages show of searching: commands to run, and a form with suggestions to copy."""

from __future__ import annotations

import shlex

from publish.iris import Iris
from publish.samples import Choice
from publish.tutorials import Runs, Snippet


def lookups(iris: Iris, choice: Choice) -> list[Snippet]:
    """Return what someone runs who has a name, and wants its IRI."""
    thing = choice.thing
    name, type_ = thing.names["ja"], choice.kind.segment

    def asked(service: str, text: str) -> str:
        pairs = (f"q={text}", f"type={type_}")
        parameters = " ".join(f"--data-urlencode {shlex.quote(pair)}" for pair in pairs)
        return f"curl -fsSG {parameters} \\\n  {shlex.quote(iris.of(service))}"

    return [
        Snippet("suggest", Runs.SHELL, asked("suggest", name[:-1] or name), thing.iri),
        Snippet("search", Runs.SHELL, asked("search.json", name), thing.iri),
        Snippet("form", Runs.HTML, _form(iris.of("suggest"), type_, name)),
    ]


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
