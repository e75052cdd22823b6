"""Let CKAN itself harvest a release: ckanext-dcat the catalogue, ckanext-harvest the action API.

    python bench/harvest.py [JSON]

Builds a release of this repository for a free port, serves it, and has bench/ckan_reader.py read it
(and the next release, after one change) in a virtual environment of its own, made in the directory LODPUB_CKAN (default: a temporary one)
with the PyPI packages ckan[requirements], ckanext-dcat and ckanext-harvest, which are no part of
our lock file; building them needs Debian's libpq-dev, python3-dev and build-essential. Prints a
report in Markdown, writes all that was read to the file JSON if it is named, and ends with 1 if
something is wrong. Where the packages cannot be had, it says why and ends with 0.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publish.build import build
from publish.settings import Settings

ROOT = Path(__file__).parents[1]
PACKAGES = ("ckan[requirements]", "ckanext-dcat", "ckanext-harvest")
READER = ROOT / "bench" / "ckan_reader.py"

Json = dict[str, Any]

CORE = ("title", "notes", "url", "version", "license_id", "tags")
EXTRAS = (
    "uri", "identifier", "issued", "modified", "version_notes", "frequency", "provenance",
    "dcat_type", "access_rights", "homepage", "language", "theme", "conforms_to", "documentation",
    "temporal_start", "temporal_end", "spatial_uri", "spatial_text", "spatial", "spatial_bbox",
    "spatial_centroid", "publisher_uri", "publisher_name", "publisher_url", "publisher_type",
    "publisher_identifier", "publisher_email", "creator_uri", "creator_name", "contact_uri",
    "contact_name", "contact_url", "contact_identifier", "contact_email", "source", "sample",
    "alternate_identifier", "related_resource", "has_version", "is_version_of",
    "is_referenced_by", "applicable_legislation", "hvd_category", "temporal_resolution",
    "spatial_resolution_in_meters",
)  # fmt: skip
RESOURCE = (
    "uri", "name", "description", "url", "access_url", "download_url", "format", "mimetype",
    "size", "hash", "hash_algorithm", "license", "rights", "issued", "modified", "status",
    "language", "conforms_to", "documentation", "availability", "compress_format",
    "package_format", "access_services", "temporal_resolution", "spatial_resolution_in_meters",
    "applicable_legislation",
)  # fmt: skip
#: Why a field that the profiles know may be empty.
REASONS = {
    "publisher_email": "no address is invented; the contact is the page /about",
    "contact_email": "no address is invented; the contact is the page /about",
    "contact_identifier": "the contact has none",
    "publisher_identifier": "the publisher has none",
    "creator_uri": "the publisher is who made it",
    "creator_name": "the publisher is who made it",
    "alternate_identifier": "there is no other identifier",
    "has_version": "versions are told by dcat:previousVersion, which the profiles do not read",
    "is_version_of": "no abstract data set is published",
    "is_referenced_by": "nothing that refers to it is known",
    "applicable_legislation": "no legislation of the EU applies",
    "hvd_category": "no high-value data set of the EU",
    "temporal_resolution": "the facts are of days, months and fiscal years",
    "spatial_resolution_in_meters": "it differs between points and boundaries",
    "compress_format": "files that are not compressed",
    "package_format": "no file is an archive of several",
    "related_resource": "relations are told by more exact properties",
    "sample": "no sample file is published",
    "dcat_type": "the EU table has no type for the whole and for the initiatives",
    "spatial": "DCAT-AP 3 takes no literal as locn:geometry; the bounds are spatial_bbox",
    "homepage": "no two things share a foaf:homepage: it is that of the whole",
    "source": "DCAT-AP wants data sets there; ours are told by prov:wasDerivedFrom",
}
#: The same for fields of resources.
RESOURCE_REASONS = {
    **REASONS,
    "access_services": "services serve data sets, not files",
    "documentation": "the page of the data set documents its files",
    "conforms_to": "tables made for Excel have no metadata of their own",
}
#: Members of CKAN's own that the API and ckanext-dcat must tell alike.
SAME = ("title", "notes", "url", "version", "license_id")
SAME_IN_RESOURCES = ("url", "hash", "size", "license", "name", "description", "rights")


def interpreter() -> Path:
    """Return the interpreter of CKAN's environment, made if it is missing.

    Raises RuntimeError, with the reason, if it cannot be made.
    """
    directory = Path(os.environ.get("LODPUB_CKAN") or Path(tempfile.gettempdir()) / "lodpub-ckan")
    python = directory / "venv" / "bin" / "python"
    ready = [str(python), "-c", "import ckan, ckanext.dcat, ckanext.harvest"]
    if python.exists() and subprocess.run(ready, capture_output=True).returncode == 0:
        return python
    run([sys.executable, "-m", "venv", str(directory / "venv")])
    run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES])
    return python


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def served(releases: Path) -> Iterator[str]:
    """Build and serve a release for a free port; yield its base."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{found.getsockname()[1]}"
    base = f"http://{host}/"
    build(Settings(project=ROOT, releases=releases, base=base))
    variables = {"LODPUB_RELEASES": str(releases), "LODPUB_BIND": host, "LODPUB_WORKERS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "publish", "serve"],
        cwd=ROOT,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None and process.stdout.readline()
        yield base
    finally:
        process.terminate()
        process.wait(30)


def succeed(directory: Path, base: str) -> None:
    """Build another release beside the first one, of the same data with one word more."""
    project = directory / "project"
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(ROOT / name, project / name)
    catalog = project / "data" / "catalog.ttl"
    more = '\ncatalog:dataset dcat:keyword "harvest"@en .\n'
    catalog.write_text(catalog.read_text("utf-8") + more, "utf-8")
    build(Settings(project=project, releases=directory / "releases", base=base))


def extra(dataset: Json, key: str) -> Any:
    return next((one["value"] for one in dataset["extras"] if one["key"] == key), None)


class Report:
    """Collects what is wrong while it prints."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def check(self, what: str, right: object) -> None:
        print(f"- {'ok' if right else 'WRONG'}: {what}")
        if not right:
            self.wrong.append(what)

    def fields(self, title: str, names: tuple[str, ...], found: list[Json], get: Get) -> None:
        """Print how many of what was found have each field, and why others do not."""
        print(f"\n{title} ({len(found)}):\n\n| field | filled | why not |\n|---|---|---|")
        for name in names:
            filled = sum(get(one, name) not in (None, "", []) for one in found)
            lacking = filled < len(found)
            reasons = RESOURCE_REASONS if names is RESOURCE else REASONS
            reason = reasons.get(name, "MISSING") if lacking else ""
            print(f"| {name} | {filled} | {reason} |")
            if reason == "MISSING":
                self.wrong.append(f"{title}: {name}")


Get = Callable[[Json, str], Any]


def report(read: Json, later: Json) -> list[str]:
    """Print what CKAN made of it; return what is wrong."""
    print("Versions: " + ", ".join(f"{name} {text}" for name, text in read["versions"].items()))
    said = Report()
    packages = read["api"]["packages"]
    print("\n### ckanext-dcat reads the catalogue\n")
    ids = {
        key: [one["_guid"] for one in found["datasets"]] for key, found in read["catalogue"].items()
    }
    for key, found in read["catalogue"].items():
        catalogue(said, key, found, len(packages))
    said.check(
        "the identifiers are the same in every format and profile",
        len(set(map(tuple, ids.values()))) == 1,
    )
    stock = read["licence by CKAN's own register"]
    print(f"- note: by CKAN's own register of licences, which has no CC BY 4.0: {stock}")
    datasets = read["catalogue"]["euro_dcat_ap_3 ttl"]["datasets"]
    resources = [one for dataset in datasets for one in dataset["resources"]]
    said.fields("Data sets", CORE, datasets, lambda one, name: one.get(name))
    said.fields("Their extras", EXTRAS, datasets, extra)
    said.fields("Resources", RESOURCE, resources, lambda one, name: one.get(name))
    print("\n### ckanext-harvest reads the action API\n")
    api(said, read["api"])
    print("\n### Both tell the same\n")
    compare(said, datasets, packages)
    print("\n### The next release is harvested as the same data sets\n")
    succession(said, read, later)
    return said.wrong


def catalogue(said: Report, key: str, found: Json, expected: int) -> None:
    datasets = found["datasets"]
    resources = [one for dataset in datasets for one in dataset["resources"]]
    said.check(
        f"{key}: {len(datasets)} data sets, {len(resources)} resources", len(datasets) == expected
    )
    said.check(f"{key}: the second harvest has the same identifiers", found["again"])
    wanted = ("url", "format", "hash", "size", "license")
    complete = all(one.get(name) for one in resources for name in wanted)
    said.check(f"{key}: every resource has {', '.join(wanted)}", complete)
    refused = {uri: why for uri, why in found["faults"].items() if why}
    said.check(f"{key}: CKAN's schema takes all of them {refused or ''}", not refused)


def api(said: Report, found: Json) -> None:
    number = len(found["packages"])
    said.check(f"{number} packages; the pages end; twice the same", number and found["again"])
    said.check("CKAN's schema takes all of them", not any(found["faults"].values()))
    for name in ("since 2000", "of the organisation", "of two organisations, since 2000"):
        said.check(f"{name}: all", found[name] == number)
    for name in ("since 2999", "without the organisation"):
        said.check(f"{name}: none", found[name] == 0)
    said.check(f"organisation {found['organisation']} and groups {found['groups']} are shown", True)


def succession(said: Report, read: Json, later: Json) -> None:
    """Check that nothing gets another identifier when there is another release."""
    pairs = [(one["catalogue"]["euro_dcat_ap_3 ttl"]["datasets"]) for one in (read, later)]
    before, after = ([(one["_guid"], keys(one, "uri")) for one in found] for found in pairs)
    said.check("the catalogue's data sets and resources keep their identifiers", before == after)
    packages = [one["api"]["packages"] for one in (read, later)]
    known, new = (
        [(one["id"], one["name"], keys(one, "id")) for one in found] for found in packages
    )
    said.check("the API's packages and resources keep their ids and names", known == new)
    moved = [keys(one, "url") != keys(two, "url") for one, two in zip(*packages, strict=True)]
    said.check("their files have new addresses, as another release has", all(moved))


def keys(dataset: Json, name: str) -> list[str]:
    return sorted(one[name] for one in dataset["resources"])


def compare(said: Report, datasets: list[Json], packages: list[Json]) -> None:
    """Check that the API tells what ckanext-dcat reads from the catalogue."""
    by_uri = {extra(package, "uri"): package for package in packages}
    for dataset in datasets:
        package = by_uri[extra(dataset, "uri")]
        different = [name for name in SAME if dataset.get(name) != package.get(name)]
        if {tag["name"] for tag in dataset["tags"]} != {tag["name"] for tag in package["tags"]}:
            different.append("tags")
        different += [f"extra {name}" for name in extras_apart(dataset, package)]
        files = {one["uri"]: one for one in package["resources"]}
        for resource in dataset["resources"]:
            file = files.pop(resource["uri"], {})
            different += [
                f"{resource['name']}: {name}"
                for name in SAME_IN_RESOURCES
                if resource.get(name) != file.get(name)
            ]
        different += [f"{uri}: only in the API" for uri in files]
        said.check(f"{package['name']} {different or ''}", not different)
    print(
        "\nHow forms are told:\n\n| catalogue: format, mimetype | API: format, mimetype |\n|---|---|"
    )
    api_of = {one["uri"]: one for package in packages for one in package["resources"]}
    told = {
        (form(resource), form(api_of[resource["uri"]]))
        for dataset in datasets
        for resource in dataset["resources"]
        if resource["uri"] in api_of
    }
    for ours, theirs in sorted(told):
        print(f"| {ours} | {theirs} |")


def form(resource: Json) -> str:
    return f"{resource['format']}, {resource['mimetype']}"


def extras_apart(dataset: Json, package: Json) -> list[str]:
    """Return the extras of the catalogue that differ; the order of lists does not count.

    The text of a place is left out: of labels in two languages the parser takes any.
    """
    keys = {one["key"] for one in dataset["extras"]} - {"spatial_text"}
    return sorted(key for key in keys if plain(extra(dataset, key)) != plain(extra(package, key)))


def plain(value: Any) -> Any:
    try:
        read = json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
    except ValueError:
        return value
    return sorted(read) if isinstance(read, list) else read


def main() -> int:
    try:
        python = interpreter()
    except (RuntimeError, OSError) as error:
        print(f"skipped: CKAN cannot be installed here: {error}")
        return 0
    with (
        tempfile.TemporaryDirectory() as directory,
        served(Path(directory) / "releases") as base,
    ):
        read: Json = json.loads(run([str(python), str(READER), base]))
        succeed(Path(directory), base)
        later: Json = json.loads(run([str(python), str(READER), base]))
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(read, ensure_ascii=False, indent=1), "utf-8")
    wrong = report(read, later)
    print(f"\n{len(wrong)} wrong" + "".join(f"\n- {one}" for one in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
