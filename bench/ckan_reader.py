"""Read a running catalogue with CKAN's own code; run by bench/harvest.py in CKAN's environment.

    python ckan_reader.py BASE

Nothing of this project is imported here. Prints one JSON object: what the RDF parser of
ckanext-dcat makes of the catalogue, what the CKAN harvester of ckanext-harvest gets from the action
API, and what CKAN's schema for new data sets says of it. CKAN needs no database for any of this.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

warnings.simplefilter("ignore")
logging.disable(logging.ERROR)

from ckan.common import config  # noqa: E402
from ckan.lib.navl.dictization_functions import validate  # noqa: E402
from ckan.logic.schema import default_create_package_schema  # noqa: E402
from ckanext.dcat.harvesters.rdf import DCATRDFHarvester  # noqa: E402
from ckanext.dcat.processors import RDFParser  # noqa: E402
from ckanext.dcat.profiles.base import RDFProfile  # noqa: E402
from ckanext.harvest.harvesters.ckanharvester import CKANHarvester  # noqa: E402

FORMATS = {"ttl": "text/turtle", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}
PROFILES = ("euro_dcat_ap_2", "euro_dcat_ap_3")
#: Validators that look into CKAN's database or at who is logged in.
NEEDING_A_SITE = {
    "package_id_does_not_exist", "package_name_validator", "owner_org_validator",
    "resource_id_does_not_exist", "vocabulary_id_exists", "empty_if_not_sysadmin",
    "ignore_not_package_admin", "ignore_not_sysadmin",
    "datasets_with_no_organization_cannot_be_private",
}  # fmt: skip


def fetched(url: str, accept: str) -> str:
    with urlopen(Request(url, headers={"Accept": accept}), timeout=60) as answer:
        return str(answer.read().decode())


def parsed(content: str, format_: str, profile: str) -> list[dict[str, Any]]:
    """Return CKAN's data sets, with the identifiers that the RDF harvester would keep them by."""
    parser = RDFParser(profiles=[profile])
    parser.parse(content, format_)
    found = sorted(parser.datasets(), key=uri)
    for dataset in found:
        dataset["_guid"] = DCATRDFHarvester()._get_guid(dataset, source_url="https://x.example/")
    return found


def uri(dataset: dict[str, Any]) -> str:
    return next(str(e["value"]) for e in dataset["extras"] if e["key"] == "uri")


def schema() -> dict[str, Any]:
    return without_site(default_create_package_schema())


def without_site(part: dict[str, Any]) -> dict[str, Any]:
    return {
        key: without_site(value)
        if isinstance(value, dict)
        else [one for one in value if getattr(one, "__name__", "") not in NEEDING_A_SITE]
        for key, value in part.items()
    }


def faults(package: dict[str, Any]) -> dict[str, Any]:
    """Return what CKAN would refuse in a package."""
    copy = json.loads(json.dumps(package))
    copy.setdefault("name", "a-name")  # harvesters make one from the title
    return dict(validate(copy, schema(), {"model": None, "session": None})[1])


def register(base: str) -> str:
    """Write the licences that the API lists as a register for CKAN; return its address."""
    listed = json.loads(fetched(f"{base}api/3/action/license_list", "*/*"))["result"]
    path = Path(tempfile.mkdtemp()) / "licenses.json"
    path.write_text(json.dumps(listed), "utf-8")
    return path.as_uri()


def harvested(base: str, conditions: list[str]) -> list[dict[str, Any]]:
    harvester = CKANHarvester()
    harvester.config = {}
    return list(harvester._search_for_datasets(base.rstrip("/"), conditions))


def over_the_api(base: str) -> dict[str, Any]:
    packages = harvested(base, [])
    harvester = CKANHarvester()
    harvester.config = {}
    root = base.rstrip("/")
    own = packages[0]["organization"]["name"]
    since = "metadata_modified:[{}T00:00:00Z TO *]".format
    return {
        "packages": packages,
        "again": harvested(base, []) == packages,
        "since 2000": len(harvested(base, [since("2000-01-01")])),
        "since 2999": len(harvested(base, [since("2999-01-01")])),
        "of the organisation": len(harvested(base, [f"organization:{own}"])),
        "of two organisations, since 2000": len(
            harvested(base, [f"organization:x OR organization:{own}", since("2000-01-01")])
        ),
        "without the organisation": len(harvested(base, [f"-organization:{own}"])),
        "organisation": harvester._get_organization(root, packages[0]["owner_org"])["name"],
        "groups": [harvester._get_group(root, group)["name"] for group in packages[0]["groups"]],
        "faults": {package["name"]: faults(package) for package in packages},
    }


def main(base: str) -> dict[str, Any]:
    config["ckan.locale_default"] = "ja"
    stock = parsed(fetched(f"{base}catalog", FORMATS["ttl"]), "ttl", PROFILES[-1])
    config["licenses_group_url"] = register(base)
    assert RDFProfile._licenceregister_cache is None
    read = {}
    for format_, accept in FORMATS.items():
        content = fetched(f"{base}catalog", accept)
        for profile in PROFILES:
            first = parsed(content, format_, profile)
            second = parsed(fetched(f"{base}catalog", accept), format_, profile)
            read[f"{profile} {format_}"] = {
                "datasets": first,
                "again": [identity(one) for one in first] == [identity(one) for one in second],
                "faults": {uri(one): faults(one) for one in first},
            }
    names = ("ckan", "ckanext-dcat", "ckanext-harvest", "rdflib")
    return {
        "versions": {name: version(name) for name in names},
        "licence by CKAN's own register": sorted({one["license_id"] for one in stock}),
        "catalogue": read,
        "api": over_the_api(base),
    }


def identity(dataset: dict[str, Any]) -> list[Any]:
    return [dataset["_guid"], sorted(one["uri"] for one in dataset["resources"])]


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        outcome = main(sys.argv[1])
    json.dump(outcome, sys.stdout, ensure_ascii=False)
