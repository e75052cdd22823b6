"""The specification of the Reconciliation Service API: its JSON schemas and its examples.

They are not part of this repository; tests that need them are skipped where they are not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from publish.browse.labels import Labels
from publish.reconcile.schema import Schema
from publish.reconcile.service import Reconciler
from publish.release.release import Release
from tests.support.real import ROOT

SPECIFICATIONS = ROOT.parent / "shared" / "specs" / "reconciliation"
VERSIONS = ("0.2", "1.0-draft")
needs_specification = pytest.mark.skipif(
    not SPECIFICATIONS.is_dir(),
    reason=f"the schemas of the Reconciliation API are not here: specs/{SPECIFICATIONS.name}/",
)


def examples(version: str, name: str, kind: str) -> list[Any]:
    """Return the specification's examples of something, `valid` or `invalid`, as parameters."""
    directory = SPECIFICATIONS / version / "examples" / name / kind
    files = sorted(directory.glob("*.json"))
    return [pytest.param(path, id=f"{version} {path.stem}") for path in files] or [
        pytest.param(directory, marks=needs_specification)
    ]


@cache
def _registry(version: str) -> Registry[Any]:
    return Registry().with_resources(_resources(version))


def _resources(version: str) -> Iterator[tuple[str, Resource[Any]]]:
    for path in (SPECIFICATIONS / version / "schemas").glob("*.json"):
        content = json.loads(path.read_text("utf-8"))
        resource = Resource.from_contents(content, default_specification=DRAFT7)
        yield content["$id"].rstrip("#"), resource


def faults(version: str, name: str, content: Any) -> list[str]:
    """Return what the specification's schema has against some JSON."""
    path = SPECIFICATIONS / version / "schemas" / f"{name}.json"
    schema = json.loads(path.read_text("utf-8"))
    # it names a dialect that does not exist; its words are those of draft 7
    validator = Draft7Validator(schema | {"$schema": DRAFT}, registry=_registry(version))
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(content)]


DRAFT = "http://json-schema.org/draft-07/schema#"


def reconciler_of(release: Release) -> Reconciler:
    """Return what answers queries from a release."""
    labels = Labels(release.store, release.borrowed)
    return Reconciler(release.matcher, Schema(release, labels, release.matcher))


def read(path: Path) -> Any:
    """Return the JSON in a file."""
    return json.loads(path.read_text("utf-8"))
