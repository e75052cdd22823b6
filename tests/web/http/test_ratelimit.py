"""publish.web.http.ratelimit: how often a client may ask, and who a client is."""

from __future__ import annotations

import ipaddress
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.web.http import ratelimit
from publish.web.http.ratelimit import Rates, client_of

PROXY = frozenset({"10.0.0.1", "10.0.0.2", "2001:db8::1"})


def test_a_client_may_ask_as_often_as_a_minute_allows_and_no_more() -> None:
    counted = Rates(3)
    assert [counted.wait("a", 0.0) for _ in range(3)] == [0, 0, 0]
    assert counted.wait("a", 0.0) == 20.0


def test_who_waits_as_long_as_told_may_ask_again() -> None:
    counted = Rates(3)
    for _ in range(3):
        counted.wait("a", 0.0)
    seconds = counted.wait("a", 5.0)
    assert seconds == 15.0
    assert counted.wait("a", 5.0 + seconds) == 0


def test_one_client_does_not_use_up_what_another_may() -> None:
    counted = Rates(1)
    assert counted.wait("a", 0.0) == 0
    assert counted.wait("a", 0.0) > 0
    assert counted.wait("b", 0.0) == 0


def test_a_long_pause_gives_no_more_than_a_minutes_worth() -> None:
    counted = Rates(2)
    counted.wait("a", 0.0)
    assert [counted.wait("a", 1e6) > 0 for _ in range(3)] == [False, False, True]


def test_a_rate_of_0_has_no_limit() -> None:
    counted = Rates(0)
    assert {counted.wait("a", 0.0) for _ in range(1000)} == {0}


def test_only_so_many_clients_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratelimit, "_REMEMBERED", 10)
    counted = Rates(1)
    for number in range(100):
        counted.wait(str(number), 0.0)
    assert len(counted._buckets) == 10
    assert counted.wait("99", 0.0) > 0


def test_threads_do_not_get_more_than_one() -> None:
    counted = Rates(50)
    allowed: list[bool] = []

    def ask() -> None:
        allowed.extend(counted.wait("a", 0.0) == 0 for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 50


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", " , 203.0.113.9 ,", "203.0.113.9"),
    ],
)
def test_only_trusted_proxies_are_believed(peer: str, forwarded: str, client: str) -> None:
    assert client_of(peer, forwarded, PROXY) == client


@pytest.mark.parametrize(
    ("written", "client"),
    [
        ("203.0.113.9:4711", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("[::ffff:203.0.113.9]:80", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::ff", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::7]:4711", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_address_counts_the_same_however_it_is_written(written: str, client: str) -> None:
    assert client_of("10.0.0.1", written, PROXY) == client
    assert client_of(written, "", PROXY) == client


def test_a_proxy_is_known_in_every_way_of_writing_its_address() -> None:
    assert client_of("::ffff:10.0.0.1", "203.0.113.9", PROXY) == "203.0.113.9"
    assert client_of("2001:0db8:0::1", "203.0.113.9", PROXY) == "203.0.113.9"


@given(st.text(max_size=40), st.text(max_size=120))
def test_whatever_the_header_says_a_client_has_a_short_name(peer: str, forwarded: str) -> None:
    assert len(client_of(peer, forwarded, PROXY)) <= 64
    assert len(client_of("10.0.0.1", forwarded, PROXY)) <= 64


@given(st.ip_addresses(), st.text(max_size=60))
def test_a_stranger_cannot_be_somebody_else(
    peer: ipaddress.IPv4Address | ipaddress.IPv6Address, forwarded: str
) -> None:
    assert client_of(str(peer), forwarded, frozenset()) == client_of(str(peer), "", frozenset())


def test_what_is_cheaper_than_a_query_costs_a_part_of_a_permission() -> None:
    counted = Rates(2)
    assert [counted.wait("a", 0.0, 0.25) for _ in range(8)] == [0] * 8
    assert counted.wait("a", 0.0, 0.25) == 7.5
    assert counted.wait("a", 7.5, 0.25) == 0


def test_what_costs_more_than_a_client_can_have_costs_all_of_it() -> None:
    counted = Rates(2)
    assert counted.wait("a", 0.0, 100.0) == 0
    assert counted.wait("a", 0.0, 100.0) == 60.0
