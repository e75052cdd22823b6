"""How often a client may ask: a bucket of permissions each, refilled evenly over a minute."""

from __future__ import annotations

import ipaddress
import re
import threading
from collections import OrderedDict

_MINUTE = 60.0
#: Clients that are remembered; the ones not seen for longest are forgotten first.
_REMEMBERED = 10_000
#: Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711".
_WITH_PORT = re.compile(r"\[(.+)\](?::\d+)?|([^:]+):\d+")
#: Characters of what is no address that are minded.
_LONGEST = 64


class Rates:
    """Counts requests by client; safe to use from any number of threads."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str, now: float, cost: float = 1.0) -> float:
        """Take a permission; return 0, or the seconds until there is one again.

        `now` is the time in seconds of a clock that never goes back. A rate of 0 has no limit.
        What is cheaper than a query, or dearer, costs a part of a permission, or several; never
        more than a client can have.
        """
        if not self.per_minute:
            return 0.0
        cost = min(cost, float(self.per_minute))
        refill = self.per_minute / _MINUTE
        with self._lock:
            left, then = self._buckets.pop(client, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - then) * refill)
            self._buckets[client] = (left - cost if left >= cost else left, now)
            if len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        return 0.0 if left >= cost else (cost - left) / refill


def client_of(peer: str, forwarded: str, proxies: frozenset[str]) -> str:
    """Return who asks: the peer, or whom trusted proxies name in X-Forwarded-For.

    The header is read from its end, as long as the address before it is a trusted proxy's, so
    that nobody can put in names of their own. IPv6 clients count by their /64.

    >>> client_of("10.0.0.1", "6.6.6.6, 203.0.113.9", frozenset({"10.0.0.1"}))
    '203.0.113.9'
    >>> client_of("203.0.113.9", "6.6.6.6", frozenset())
    '203.0.113.9'
    """
    trusted = {_plain(proxy) for proxy in proxies}
    client = _plain(peer)
    for named in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if client not in trusted:
            break
        client = _plain(named)
    return _grouped(client)


def _plain(address: str) -> str:
    """Return an address in its usual form: without port and scope, IPv4 not inside IPv6."""
    written = _WITH_PORT.fullmatch(address)
    bare = (written[1] or written[2]) if written else address
    try:
        parsed = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return address[:_LONGEST]
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return str(mapped or parsed)


def _grouped(address: str) -> str:
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network((address, 64), strict=False))
    except ValueError:
        return address
