"""A page in one language: the addresses it links to, the names it uses, the frame around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from publish.browse.labels import Said
from publish.catalog.schemaorg import Described, data_set, part
from publish.formats import HTML, Format
from publish.i18n import LANGUAGES, Language, Text
from publish.rdf import namespaces as ns
from publish.shacl.shapes import Kind
from publish.web.app.render import render
from publish.web.app.site import Site
from publish.web.app.theme import Theme

#: The only schemes that become links; anything else is shown as text.
_LINKED = re.compile(r"https?://[^\s]+", re.IGNORECASE)
#: Pages of ours that exist in each language, by the start of their address.
_PAGES = re.compile(
    r"(ontology|codelists|catalog|shapes|quality|links|void|about|dump|changes|reconcile)(#.*)?"
    r"|(graph|release)/[^/#]+"
)


_PART_OF = Text("{whole}の{part}", "{part} of {whole}")


#: The order in which a reader wants to know of the graphs; others follow.
_GRAPHS = ("source", "editorial", "reference", "links", "ontology", "derived")


def graphs_in_order(names: Iterable[str]) -> list[str]:
    """Return the short names of graphs as a reader wants them: first what was said, then the rest.

    >>> graphs_in_order(["zeta", "derived", "source"])
    ['source', 'derived', 'zeta']
    """
    given = set(names)
    return [*(name for name in _GRAPHS if name in given), *sorted(given.difference(_GRAPHS))]


@dataclass(frozen=True, slots=True)
class Variant:
    """One representation of a resource; pages have a language, data have none."""

    format: Format
    language: Language | None = None

    @property
    def suffix(self) -> str:
        """Return what follows the resource's address: "ttl", "ja.html"."""
        return f"{self.language}.{self.format.suffix}" if self.language else self.format.suffix


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the text to show for it."""

    href: str | None
    text: str
    language: str | None = None
    external: bool = False


def variants_of(formats: tuple[Format, ...]) -> tuple[Variant, ...]:
    """Return the representations that formats stand for: pages once per language."""
    return tuple(
        variant
        for format_ in formats
        for variant in (
            [Variant(HTML, language) for language in LANGUAGES]
            if format_ == HTML
            else [Variant(format_)]
        )
    )


@dataclass(frozen=True)
class View:
    """What a template needs beside its subject.

    `stem` is the resource's address relative to the base, to which suffixes are added.
    """

    site: Site
    language: Language
    stem: str
    query: str = ""
    variants: tuple[Variant, ...] = ()
    #: the query chooses a part of what is at the address without it
    is_part: bool = False

    def render(self, template: str, **context: Any) -> str:
        """Return a page made from a template."""
        return render(template, self.language, view=self, site=self.site, **context)

    def path(self, relative: str) -> str:
        """Return the path-absolute address of something under the base."""
        return self.site.iris.root + relative

    def variant(self, variant: Variant) -> str:
        """Return the path-absolute address of a representation of this page's resource."""
        return self.path(f"{self.stem}.{variant.suffix}{self.query}")

    def page(self, relative: str) -> str:
        """Return the path-absolute address of another page in this language."""
        return self.path(f"{relative}.{self.language}.html")

    def opening(self, query: str) -> str:
        """Return the address that opens a query in the workbench, without running it."""
        return f"{self.page('sparql')}?{urlencode({'query': query}, quote_via=quote)}"

    def in_language(self, language: Language) -> str:
        """Return the address of this page in a language."""
        return self.variant(Variant(HTML, language))

    def current(self, stem: str) -> Markup:
        """Return the attribute of a link that leads to this page, or to the part it is in."""
        if stem == self.stem:
            return Markup(' aria-current="page"')
        inside = self.stem.partition("/")[0] == stem
        return Markup(' aria-current="true"') if inside else Markup("")

    @property
    def canonical(self) -> str:
        """Return the absolute address of this page, or of the one that it is a part of."""
        query = "" if self.is_part else self.query
        return self.site.iris.of(f"{self.stem}.{self.language}.html{query}")

    @cached_property
    def data(self) -> tuple[Variant, ...]:
        """Return the representations that are not pages."""
        return tuple(variant for variant in self.variants if not variant.language)

    def said(self, text: Text) -> str:
        """Return a text in the page's language."""
        return text.in_(self.language)

    @cached_property
    def title(self) -> str:
        """Return the name of the site."""
        return self.said(self.site.title)

    @property
    def theme(self) -> Theme:
        """Return the looks of the publisher."""
        return self.site.theme

    @cached_property
    def publisher(self) -> Link | None:
        """Return who publishes the data set."""
        iri = self.site.labels.value(self.site.dataset, ns.DCTERMS + "publisher")
        return self.named(iri) if iri else None

    @cached_property
    def disclaimer(self) -> tuple[Said, ...]:
        """Return what the publisher says about itself, in both languages, this one first."""
        labels = self.site.labels
        iri = labels.value(self.site.dataset, ns.DCTERMS + "publisher")
        order = sorted(LANGUAGES, key=lambda language: language != self.language)
        found = [labels.text(iri, ns.DCTERMS + "description", one) for one in order] if iri else []
        return tuple(dict.fromkeys(said for said in found if said))

    @cached_property
    def licence(self) -> Link | None:
        """Return the licence of the data set."""
        return self.named(self.site.licence) if self.site.licence else None

    def data_set(self) -> dict[str, Any]:
        """Return the data set in the words of schema.org, for search engines."""
        here = self.site
        described = Described.by(here.catalogue, here.iris, self.language)
        return data_set(described)

    def parts_here(self) -> list[dict[str, Any]]:
        """Return in the same words the parts of the data set that have this page for their own."""
        here = self.site
        parts = [] if self.query else here.landing_pages.get(here.iris.of(self.stem), [])
        described = Described.by(here.catalogue if parts else (), here.iris, self.language)
        return [part(described, iri) for iri in parts]

    def href(self, iri: str) -> str | None:
        """Return the address to link to for an IRI, or None if it may not be a link.

        Things of ours lead to the page about them in this page's language.
        """
        iris = self.site.iris
        parts, relative = iris.thing_parts(iri), iris.relative(iri)
        if parts:
            return self.page(f"doc/{'/'.join(parts)}")
        if relative is not None:
            return self._own_page(relative)
        return iri if _LINKED.fullmatch(iri) else None

    def _own_page(self, relative: str) -> str:
        address, hash_, fragment = relative.partition("#")
        if _PAGES.fullmatch(relative):
            return self.page(address) + hash_ + fragment
        return self.path(relative)

    def named(self, iri: str) -> Link:
        """Return a link to an IRI with its name."""
        said = self.name(iri)
        external = self.site.iris.relative(iri) is None
        return Link(self.href(iri), said.text, said.language, external)

    def name(self, iri: str) -> Said:
        """Return what the page calls a thing: by its name, else a text of it, else by its key.

        What has no name of its own is known by the first text that its shape describes (a
        passage), or as a part of what it belongs to (a geometry), or by its type and key; what other data describe, by their name and key;
        anything else by a short form of its IRI.
        """
        said = self.site.labels.name(iri, self.language)
        if said is None and self.site.iris.relative(iri) is None:
            said = self.site.labels.elsewhere(iri, self.language)
        return said or self._unnamed(iri) or Said(self._bare(iri), None)

    def _unnamed(self, iri: str) -> Said | None:
        kind = self.site.kind_of(iri)
        if kind is None:
            return None
        texts = (
            self.site.labels.text(iri, field.path, self.language)
            for field in kind.fields
            if field.datatype == ns.RDF + "langString"
        )
        return next(filter(None, texts), None) or self._of_its_owner(iri, kind)

    def _of_its_owner(self, iri: str, kind: Kind) -> Said:
        """Return the type of a thing with the name of what it is a part of, else with its key."""
        owner, label = self.site.owner(iri, kind), self.said(kind.label)
        name = self.site.labels.name(owner, self.language) if owner else None
        if name is None:
            return Said(f"{label} {iri.rpartition('/')[2]}", self.language)
        return Said(self.said(_PART_OF.format(part=label, whole=name.text)), self.language)

    def _bare(self, iri: str) -> str:
        """Return an IRI in short; an address of a page elsewhere as people write it."""
        short = self.short(iri)
        return re.sub(r"^https?://|/$", "", iri) if short == iri else short

    def short(self, iri: str) -> str:
        """Return `prefix:name` for an IRI, else its part under the base, else itself."""
        return ns.shorten(iri, self.site.prefixes) or self.site.iris.relative(iri) or iri
