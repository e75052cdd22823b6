"""The licences that CKAN catalogues know by a name, and the names under which they are sought.

CKAN leaves the names to each site. Those of the Creative Commons licences here are the ones that
the catalogues of Japanese municipalities use (`cc-by-40-intl`); a search finds a licence by the
names that other catalogues give it, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: CKAN's name for it, title, address, and whether it is open."""

    id: str
    title: str
    url: str
    is_open: bool = True
    #: other names under which it is sought
    aliases: tuple[str, ...] = ()

    def as_ckan(self) -> dict[str, Any]:
        """Return the licence as CKAN's action `license_list` shows it."""
        conformance = "approved" if self.is_open else "not reviewed"
        return {
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "status": "active",
            "maintainer": "",
            "family": "",
            "domain_content": self.is_open,
            "domain_data": self.is_open,
            "domain_software": False,
            "is_generic": False,
            "od_conformance": conformance,
            "osd_conformance": "not reviewed",
            "is_okd_compliant": self.is_open,
            "is_osi_compliant": False,
        }


UNSPECIFIED = Licence("notspecified", "License not specified", "", is_open=False)
_CC = "https://creativecommons.org/"
_ODC = "https://opendatacommons.org/licenses/"
#: In the order of CKAN's list.
REGISTER = (
    UNSPECIFIED,
    Licence("odc-pddl", "Open Data Commons Public Domain Dedication and License", f"{_ODC}pddl/"),
    Licence("odc-odbl", "Open Data Commons Open Database License", f"{_ODC}odbl/"),
    Licence("odc-by", "Open Data Commons Attribution License", f"{_ODC}by/"),
    Licence(
        "cc-zero",
        "Creative Commons CCZero",
        f"{_CC}publicdomain/zero/1.0/",
        aliases=("CC0-1.0", "CC0", "cc0-10"),
    ),
    Licence(
        "cc-by-40-intl",
        "Creative Commons Attribution 4.0 International",
        f"{_CC}licenses/by/4.0/",
        aliases=("CC-BY-4.0", "cc-by", "cc-by-40", "cc-by-4.0-intl"),
    ),
    Licence(
        "cc-by-sa-40-intl",
        "Creative Commons Attribution Share-Alike 4.0 International",
        f"{_CC}licenses/by-sa/4.0/",
        aliases=("CC-BY-SA-4.0", "cc-by-sa", "cc-by-sa-40"),
    ),
    Licence(
        "cc-by-21-jp",
        "Creative Commons Attribution 2.1 JP",
        f"{_CC}licenses/by/2.1/jp/",
        aliases=("CC-BY-2.1-JP", "cc-by", "cc-by-21"),
    ),
    Licence(
        "PDL1.0",
        "Public Data License 1.0",
        "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
        aliases=("PDL-1.0", "pdl-10"),
    ),
)
_NOT_TELLING = re.compile(r"^https?://(www\.)?|(deed|legalcode)(\.\w+)?$|/$")


def licence_of(iri: str | None, title: str | None = None) -> Licence:
    """Return the licence with an address; one that is not in the register is known by it.

    http and https, a final "/" and Creative Commons' "deed" and "legalcode" do not matter.
    """
    if not iri:
        return UNSPECIFIED
    found = (licence for licence in REGISTER if licence.url and _bare(licence.url) == _bare(iri))
    return next(found, Licence(iri, title or iri, iri, is_open=False))


def _bare(iri: str) -> str:
    """Return what tells an address from others.

    >>> _bare("http://creativecommons.org/licenses/by/4.0/deed.ja")
    'creativecommons.org/licenses/by/4.0'
    """
    shortened = _NOT_TELLING.sub("", iri)
    return _NOT_TELLING.sub("", shortened).lower()


def names_of(id_: str) -> tuple[str, ...]:
    """Return the names under which a licence is found, by CKAN's name for it."""
    found = (licence for licence in REGISTER if licence.id == id_)
    return next(((licence.id, *licence.aliases) for licence in found), (id_,))
