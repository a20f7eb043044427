"""The desk asks other servers for copy, and cannot be led astray, kept waiting or filled up by them."""

from __future__ import annotations

import ast
import re
import shutil
import socket
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from ingest.addresses import BadAddress, is_public, target_of
from ingest.fetch import MOST_WAIT, FetchError, fetch, seconds_of
from tests.ingest.servers import (
    Site,
    bomb,
    certificate,
    drips,
    endless,
    leads_to,
    says,
    site,
    with_validators,
)

COPY = b"A ferry ran aground off Turku.\n"
INSIDE = """
    127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 0.1.2.3
    168.63.129.16 192.0.0.192 192.0.2.1 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 ::1 :: fe80::1
    fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 fec0::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1
    64:ff9b:1::1 2002:7f00:1::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 nonsense"""
NO_ADDRESSES = """file:///etc/passwd ftp://copy.example/ gopher://copy.example/ copy.example/feed http:// http:///feed
    http://user:word@copy.example/ http://copy.example:22/ http://copy.example:99999/ http://[::1/
    javascript:alert(1)"""
SENTENCE = re.compile(r"[A-Z0-9a-z:].+\.")


@pytest.fixture
def shop(settings: Settings) -> Iterator[Site]:
    """A server that the settings let through, as they must: it stands on this machine."""
    with site() as running:
        settings.FETCH_ALLOW = [f"127.0.0.1:{running.port}"]
        yield running


def refused(url: str, **how: object) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, **how)  # type: ignore[arg-type]
    assert SENTENCE.fullmatch(str(caught.value))
    return str(caught.value)


def test_what_a_server_sends_comes_with_its_address_and_the_desk_says_who_asks(shop: Site, settings: Settings) -> None:
    settings.DESK_NAME, settings.PUBLIC_URL = "Harbour Desk ✓", "https://desk.example.org"
    shop.pages["/copy"] = says(COPY, Content_Type="text/plain; charset=utf-8")
    shop.pages["/old"] = leads_to("copy?from=old", 301)
    shop.pages["/copy?from=old"] = shop.pages["/copy"]
    found = fetch(shop.url("/old"))
    assert (found.body, found.media_type, found.url) == (COPY, "text/plain", shop.url("/copy?from=old"))
    headers = shop.asked[-1][1]
    assert headers["User-Agent"] == "Harbour Desk (+https://desk.example.org)"
    assert headers["Host"] == f"127.0.0.1:{shop.port}"


def test_what_did_not_change_is_not_sent_again(shop: Site) -> None:
    shop.pages["/feed"] = with_validators(COPY, 'W/"7"', "Tue, 03 Mar 2026 08:00:00 GMT")
    first = fetch(shop.url("/feed"))
    assert (first.body, first.not_modified) == (COPY, False)
    for known in ({"etag": first.etag}, {"modified": first.modified}):
        again = fetch(shop.url("/feed"), **known)
        assert (again.body, again.not_modified) == (b"", True)
    shop.pages["/odd"] = says(b"", 304)
    assert "nothing changed" in refused(shop.url("/odd"))


@pytest.mark.parametrize(
    "address",
    INSIDE.split(),
)
def test_addresses_inside_are_refused(address: str) -> None:
    assert not is_public(address)
    assert "public internet" in refused("http://copy.example/", resolve=lambda host, port: [address])
    assert "public internet" in refused("http://copy.example/", resolve=lambda host, port: ["93.184.216.34", address])


def test_public_addresses_are_not() -> None:
    assert all(map(is_public, ("93.184.216.34", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001:81b::200e")))


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "0177.0.0.1"])
def test_this_machine_is_refused_under_all_its_names(name: str, settings: Settings) -> None:
    settings.FETCH_PORTS = [80, 443]
    with site() as running:
        settings.FETCH_PORTS.append(running.port)
        assert "public internet" in refused(f"http://{name}:{running.port}/")
        assert not running.asked


@pytest.mark.parametrize(
    "url",
    [
        *NO_ADDRESSES.split(),
        "http://copy.example/\r\nX-Evil: 1",
        "http://copy example/",
        f"http://x.example/{'x' * 3000}",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        target_of(url)
    refused(url, resolve=lambda host, port: ["127.0.0.1"])


def test_redirects_are_looked_at_each_anew(shop: Site) -> None:
    with site() as inside:
        inside.pages["/secret"] = says(b"secret")
        shop.pages["/in"] = leads_to(inside.url("/secret", host="localhost"))
        shop.pages["/file"] = leads_to("file:///etc/passwd")
        shop.pages["/port"] = leads_to("http://copy.example:22/")
        shop.pages["/nowhere"] = says(b"", 302)
        for path, words in {"/in": "port", "/file": "http://", "/port": "port 22", "/nowhere": "where to"}.items():
            assert words in refused(shop.url(path))
        assert not inside.asked


def test_redirects_end(shop: Site) -> None:
    shop.pages["/a"], shop.pages["/b"] = leads_to("/b"), leads_to("/a")
    assert "circle" in refused(shop.url("/a"))
    for number in range(9):
        shop.pages[f"/{number}"] = leads_to(f"/{number + 1}")
    assert "more than 5 times" in refused(shop.url("/0"))


def test_a_name_is_looked_up_once_and_that_very_address_is_asked(shop: Site, settings: Settings) -> None:
    """A name that is public when it is looked at and leads inside when it is asked is never looked up again."""
    settings.FETCH_ALLOW = [f"rebound.example:{shop.port}"]
    shop.pages["/"] = says(COPY)
    looks: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"] if len(looks) == 1 else ["10.0.0.1"]

    found = fetch(shop.url("/", host="rebound.example"), resolve=resolve)
    assert (found.body, looks) == (COPY, ["rebound.example"])
    assert shop.asked[0][1]["Host"] == f"rebound.example:{shop.port}"


@pytest.mark.parametrize("in_headers", [True, False])
def test_a_drip_ends_in_time(shop: Site, in_headers: bool) -> None:
    shop.pages["/"] = drips(5, in_headers=in_headers)
    began = time.monotonic()
    assert "too long" in refused(shop.url(), seconds=0.6)
    assert time.monotonic() - began < 2


def test_a_look_up_that_hangs_ends_in_time() -> None:
    began = time.monotonic()

    def hangs(host: str, port: int) -> list[str]:
        time.sleep(3)
        return []

    assert "in time" in refused("http://copy.example/", resolve=hangs, seconds=0.3)
    assert time.monotonic() - began < 2


def test_a_server_that_takes_the_connection_and_says_nothing_ends_in_time(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        settings.FETCH_ALLOW = [address]
        for scheme in ("http", "https"):
            began = time.monotonic()
            assert "too long" in refused(f"{scheme}://{address}/", seconds=0.4)
            assert time.monotonic() - began < 2


def test_too_much_is_refused_whether_announced_endless_or_compressed(shop: Site) -> None:
    shop.pages |= {"/long": says(b"x" * 2000), "/endless": endless, "/bomb": bomb(200)}
    tracemalloc.start()
    for path in shop.pages:
        assert "longer than 1,000 bytes" in refused(shop.url(path), most_bytes=1000)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    shop.pages["/fits"] = bomb(2)
    assert fetch(shop.url("/fits"), most_bytes=2_000_000).body == bytes(2_000_000)


def test_a_broken_answer_is_no_answer(shop: Site) -> None:
    shop.pages["/short"] = lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort")
    shop.pages["/no-gzip"] = says(COPY, Content_Encoding="gzip")
    shop.pages["/nothing"] = lambda handler: None
    shop.pages["/noise"] = lambda handler: handler.wfile.write(b"\x00\x01\x02\r\n\r\n")
    for path in shop.pages:
        refused(shop.url(path))


def test_a_refusal_says_when_to_come_again(shop: Site) -> None:
    shop.pages["/busy"] = says(b"", 503, Retry_After="120")
    with pytest.raises(FetchError, match="503 Service Unavailable") as caught:
        fetch(shop.url("/busy"))
    assert (caught.value.status, caught.value.retry_after) == (503, 120)
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 <= (seconds_of(soon) or 0) <= 90
    assert [seconds_of(words) for words in ("", "soon", "-5", "99999999999")] == [None, None, None, MOST_WAIT]


def test_an_unknown_name_and_a_closed_port_are_said(settings: Settings) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert "no server by the name" in refused("http://copy.example/", resolve=unknown)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    settings.FETCH_ALLOW = [address]
    assert "could not be reached: connection refused" in refused(f"http://{address}/")


@pytest.mark.skipif(not socket.has_ipv6, reason="This machine has no IPv6.")
def test_ipv6(settings: Settings) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("This machine has no address of IPv6.")
    with site(host="::1") as running:
        settings.FETCH_ALLOW = ["::1"]
        running.pages["/"] = says(COPY)
        assert fetch(running.url(host="[::1]")).body == COPY
        assert running.asked[0][1]["Host"] == f"[::1]:{running.port}"


@pytest.mark.skipif(not shutil.which("openssl"), reason="Certificates for the test are made with openssl.")
def test_encrypted_answers_come_from_whom_they_should(settings: Settings, tmp_path: Path) -> None:
    serving, trusting = certificate(tmp_path, "wire.example")
    asked: list[str | None] = []
    serving.sni_callback = lambda sock, name, context: asked.append(name)
    with site(serving) as running:
        settings.FETCH_ALLOW = ["wire.example", "other.example"]
        running.pages |= {
            "/": says(COPY),
            "/down": leads_to("http://wire.example/"),
            "/slow": drips(4, in_headers=False),
        }

        def here(host: str, port: int) -> list[str]:
            return ["127.0.0.1"]

        at_home = running.url(host="wire.example")
        assert fetch(at_home, resolve=here, tls=trusting).body == COPY
        assert asked == ["wire.example"]
        other = running.url(host="other.example")
        assert "does not prove its name" in refused(other, resolve=here, tls=trusting)
        assert "does not prove its name" in refused(at_home, resolve=here)
        assert "from https to http" in refused(f"{at_home}down", resolve=here, tls=trusting)
        assert "too long" in refused(f"{at_home}slow", resolve=here, tls=trusting, seconds=0.6)


def test_nothing_else_of_the_desk_opens_a_connection() -> None:
    """Import-linter sees packages; this sees the modules of Python's own library with which one could."""
    asking = {"http.client", "urllib.request", "socket", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc.client"}
    desk = Path("newsdesk/management/commands/desk.py")  # asks the desk itself whether it answers
    root, found = Path(__file__).resolve().parents[2], set()
    for package in ("newsdesk", "claims", "ingest"):
        for path in (root / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
                found |= {path.relative_to(root) for name in names if name in asking}
    assert found == {Path("ingest/fetch.py"), desk}
