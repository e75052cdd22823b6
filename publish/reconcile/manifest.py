"""What a reconciliation service announces of itself: its manifest, in both versions.

The two versions want different things of the same member (`suggest`), so each has an address of
its own. Version 0.2 is spoken in two languages, each at an address, for its clients send none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from publish import __version__
from publish.i18n import Language, Text
from publish.iris import Iris
from publish.reconcile.extend import CONTENT, CONTENTS, LANGUAGE, LANGUAGES, LIMIT, SETTINGS
from publish.reconcile.schema import Schema, Type

OLD, DRAFT = "0.2", "1.0-draft"
#: The size of batches that the service likes: an answer takes a fraction of a second.
BATCH_SIZE = 50
#: The size in pixels of the frame that a preview is made for.
PREVIEW_WIDTH, PREVIEW_HEIGHT = 440, 280
#: What can be completed while it is typed.
SUGGESTED = ("entity", "type", "property")


@dataclass(frozen=True, slots=True)
class Service:
    """An address of reconciliation: the version that is spoken there, and the language."""

    root: str
    version: str
    language: Language


#: The services by the last part of their addresses. `reconcile` itself is the first.
SERVICES = {
    one.root: one for one in (Service("ja", OLD, "ja"), Service("en", OLD, "en"),
                              Service("v1", DRAFT, "ja"))
}  # fmt: skip


@dataclass(frozen=True)
class Announcement:
    """What is put into a manifest beside what is always the same."""

    iris: Iris
    schema: Schema
    #: the name of the data set
    title: Text
    #: address of the logo, relative to the base
    logo: str

    def manifest(self, service: Service) -> dict[str, Any]:
        """Return the manifest of a service."""
        made = self._manifest_10 if service.version == DRAFT else self._manifest_02
        return self._shared(service) | made(service)

    def _shared(self, service: Service) -> dict[str, Any]:
        types = [self.type_(one, service.language) for one in self.schema.coded]
        return {
            "versions": [service.version],
            "name": self.title.in_(service.language),
            "documentation": self.iris.page("reconcile", service.language),
            "logo": self.iris.of(self.logo),
            "serviceVersion": __version__,
            "defaultTypes": types,
            "batchSize": BATCH_SIZE,
        }

    def type_(self, type_: Type, language: Language) -> dict[str, Any]:
        """Return a type as both versions write it."""
        said: dict[str, Any] = {"id": type_.id, "name": type_.name.in_(language)}
        if type_.description:
            said["description"] = type_.description.in_(language)
        if type_.broader:
            above = [self.schema.types[id_] for id_ in type_.broader]
            said["broader"] = [{"id": one.id, "name": one.name.in_(language)} for one in above]
        return said

    def _manifest_02(self, service: Service) -> dict[str, Any]:
        root = self.iris.of(f"reconcile/{service.root}")
        return {
            # entities are known by their IRIs, which all begin so
            "identifierSpace": self.iris.of("id/"),
            # the ids of types and properties come from the shapes
            "schemaSpace": self.iris.of("shapes"),
            # an id is put in with or without escapes, as the client likes: in a query both will do
            "view": {"url": f"{self.iris.of('reconcile/view')}?id={{{{id}}}}"},
            "feature_view": {"url": f"{self._documentation(service)}#id-{{{{id}}}}"},
            "preview": {"url": f"{root}/preview?id={{{{id}}}}"} | _size(),
            "suggest": {
                what: {
                    "service_url": root,
                    "service_path": f"/suggest/{what}",
                    "flyout_service_url": root,
                    "flyout_service_path": f"/flyout/{what}?id=${{id}}",
                }
                for what in SUGGESTED
            },
            "extend": {
                "propose_properties": {"service_url": root, "service_path": "/extend/propose"},
                "property_settings": _settings(service.language, "name", "label", "help_text"),
            },
        }

    def _manifest_10(self, service: Service) -> dict[str, Any]:
        return {
            "lang": service.language,
            "dir": "ltr",
            # an id is an IRI: RFC 6570 puts it in as it is
            "view": {"url": "{+id}"},
            "featureView": {"url": f"{self._documentation(service)}#id-{{id}}"},
            "preview": _size(),
            "suggest": dict.fromkeys(SUGGESTED, True),
            "extend": {
                "proposeProperties": True,
                "propertySettings": _settings(service.language, "id", "name", "helpText"),
            },
            "standardizedScore": True,
        }

    def _documentation(self, service: Service) -> str:
        return self.iris.page("reconcile", service.language)


def _size() -> dict[str, Any]:
    return {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT}


def _settings(language: Language, key: str, name: str, help_: str) -> list[dict[str, Any]]:
    """Return the settings of a property; the versions call their members differently."""
    return [
        {key: id_, name: label.in_(language), help_: told.in_(language)} | _form(id_, language)
        for id_, (label, told) in SETTINGS.items()
    ]


def _form(id_: str, language: Language) -> dict[str, Any]:
    if id_ == LIMIT:
        return {"type": "number", "default": 0}
    choices = {LANGUAGE: LANGUAGES, CONTENT: CONTENTS}[id_]
    listed = [{"value": value, "name": said.in_(language)} for value, said in choices.items()]
    return {"type": "select", "default": listed[0]["value"], "choices": listed}
