"""Write publish/rdf/known_terms.json: terms of vocabularies that rdflib's own closed lists lack.

    npm pack @tpluscode/rdf-ns-builders@6.0.0 && tar xzf tpluscode-rdf-ns-builders-6.0.0.tgz
    .venv/bin/python bench/known_terms.py package

The package (MIT) has a file for each vocabulary, generated from what its publisher serves. Only names
are taken. Namespaces that neither it nor rdflib knows (ADMS, SPDX, DCAT-AP) stay unchecked.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from publish.rdf import namespaces as ns  # noqa: E402
from publish.rdf.known_terms import FILE, RDFLIB, RENAMED  # noqa: E402

_NAMED = re.compile(r"NamedNode<'([^']+)'>")


def main(package: Path) -> None:
    """Read the package that was unpacked into a directory, and write the file."""
    found: dict[str, set[str]] = {
        space: set() for space in ns.PREFIXES.values() if space != ns.DASH
    }
    for path in sorted((package / "vocabularies").glob("*.d.ts")):
        iris = _NAMED.findall(path.read_text("utf-8"))
        space = RENAMED.get(iris[0], iris[0]) if iris else ""
        if space in found:
            found[space] |= {iri.removeprefix(iris[0]) for iri in iris} - {""}
    more = {
        space: sorted(terms - RDFLIB.get(space, frozenset()))
        for space, terms in sorted(found.items())
    }
    # years and days in those files are from addresses of versions, no names
    kept = {
        space: [term for term in terms if not re.search(r"^[0-9]{4}|-[0-9]{8}$", term)]
        for space, terms in more.items()
    }
    FILE.write_text(
        json.dumps({space: terms for space, terms in kept.items() if terms}, indent=0) + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
