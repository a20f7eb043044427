"""The one module that asks other servers for anything.

The desk looks a name up itself, refuses whatever does not lie on the public internet, and connects to the very address
that it looked at, so that a name cannot mean another one a moment later. Every redirect is looked at anew. Each request
ends: in time, in size (also after decompression), in redirects. No proxy is asked and no cookie kept.
"""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from urllib.parse import urljoin

from django.conf import settings
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import DecodeError, HTTPError

from ingest.addresses import BadAddress, Target, is_public, let_through, target_of

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
MOST_REDIRECTS = 5
MOST_ADDRESSES = 4
MOST_WAIT = 86_400
CHUNK = 65_536
TOO_LONG = "{} took too long to answer."
REDIRECTS = {301, 302, 303, 307, 308}
ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.9, */*;q=0.5"

Resolver = Callable[[str, int], list[str]]


class FetchError(Exception):
    """Nothing was fetched. The message is one sentence for a person; ``retry_after`` is in seconds, where the server
    asked for it; ``status`` is its answer, 0 without one."""

    def __init__(self, message: str, *, status: int = 0, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered. ``url`` is the address after all redirects; ``body`` is decompressed, and empty where
    nothing changed since (``not_modified``). ``etag`` and ``modified`` are to be sent the next time, as they are."""

    url: str
    status: int
    body: bytes
    media_type: str
    etag: str
    modified: str

    @property
    def not_modified(self) -> bool:
        return self.status == HTTPStatus.NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class Asking:
    """What is the same for every request of one fetch. ``until`` is a reading of the monotonic clock."""

    headers: dict[str, str]
    until: float
    most_bytes: int
    resolve: Resolver
    tls: ssl.SSLContext

    def left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise FetchError("The server took too long to answer.")
        return left


def look_up(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system knows them. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


@cache
def system_tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def fetch(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    most_bytes: int | None = None,
    seconds: float | None = None,
    resolve: Resolver = look_up,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Get what stands at ``url``. With the ``etag`` or ``modified`` of an earlier answer it may say that nothing
    changed. The limits are those of the settings unless given. Raises ``FetchError``."""
    asking = Asking(
        headers=headers_for(etag, modified),
        until=time.monotonic() + (settings.FETCH_SECONDS if seconds is None else seconds),
        most_bytes=settings.MAX_FILE_BYTES if most_bytes is None else most_bytes,
        resolve=resolve,
        tls=tls or system_tls(),
    )
    asked: set[str] = set()
    for _ in range(MOST_REDIRECTS + 1):
        try:
            target = target_of(url)
        except BadAddress as error:
            raise FetchError(str(error)) from error
        if target.url in asked:
            raise FetchError(f"{target.host} redirects in a circle.")
        asked.add(target.url)
        found, onward = ask(target, asking)
        if found:
            return found
        url = onward
    raise FetchError(f"{target.host} redirects more than {MOST_REDIRECTS} times.")


def headers_for(etag: str, modified: str) -> dict[str, str]:
    name = settings.DESK_NAME.encode("ascii", "ignore").decode().strip() or "Newsdesk"
    headers = {
        "User-Agent": f"{name} (+{settings.PUBLIC_URL})",
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    return headers


def ask(target: Target, asking: Asking) -> tuple[Fetched | None, str]:
    """One request: what came, or nothing and the address to ask next. Raises ``FetchError``."""
    plain = connect(target, asking)
    with ends_in(plain, asking.left()) as ended:
        try:
            answer = answer_over(plain, target, asking)
        except (OSError, HTTPError, http.client.HTTPException) as error:
            raise FetchError(TOO_LONG.format(target.host) if ended.is_set() else in_words(target, error)) from error
        finally:
            plain.close()
        if ended.is_set():  # an answer without a length looks whole when its connection is cut
            raise FetchError(TOO_LONG.format(target.host))
        return answer


def answer_over(plain: socket.socket, target: Target, asking: Asking) -> tuple[Fetched | None, str]:
    plain.settimeout(min(READ_SECONDS, asking.left()))
    sock = asking.tls.wrap_socket(plain, server_hostname=target.host) if target.scheme == "https" else plain
    connection = HTTPConnection(target.host, target.port, timeout=READ_SECONDS)
    connection.sock = sock
    try:
        headers = asking.headers | {"Host": target.netloc}
        connection.request("GET", target.path, headers=headers, preload_content=False, decode_content=True)
        with closing(connection.getresponse()) as response:
            if response.status in REDIRECTS:
                return None, next_address(target, response.headers.get("Location", ""))
            return fetched(target, response, asking), ""
    finally:
        connection.close()


def connect(target: Target, asking: Asking) -> socket.socket:
    """A connection to one of the addresses that were looked at. Raises ``FetchError``."""
    failure: OSError | None = None
    for address in checked_addresses(target, asking):
        try:
            return socket.create_connection((address, target.port), timeout=min(CONNECT_SECONDS, asking.left()))
        except OSError as error:
            failure = error
    raise FetchError(f"{target.host} could not be reached: {said_by(failure)}.") from failure


def checked_addresses(target: Target, asking: Asking) -> list[str]:
    """The numeric addresses of the server. One of them inside a network is enough to refuse all."""
    try:
        addresses = in_time(lambda: asking.resolve(target.host, target.port), min(CONNECT_SECONDS, asking.left()))
    except TimeoutError as error:
        raise FetchError(f"The name {target.host} could not be looked up in time.") from error
    except (OSError, UnicodeError) as error:
        raise FetchError(f"There is no server by the name {target.host}.") from error
    if not addresses:
        raise FetchError(f"There is no server by the name {target.host}.")
    if not let_through(target) and not all(is_public(address) for address in addresses):
        raise FetchError(f"{target.host} does not lie on the public internet; the desk does not ask there.")
    return addresses[:MOST_ADDRESSES]


def in_time(look: Callable[[], list[str]], seconds: float) -> list[str]:
    """What ``look`` returns or raises; the system's own look-up knows no time limit. Raises ``TimeoutError``."""
    box: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            box.put(look())
        except Exception as error:  # noqa: BLE001 -- raised again on the other side
            box.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        found = box.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


@contextmanager
def ends_in(connection: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Cut the connection after ``seconds``, whatever drips through it; the event says that it was. Timeouts of the
    socket alone begin anew with every byte."""
    ended, spare = threading.Event(), connection.dup()

    def cut() -> None:
        ended.set()
        with suppress(OSError):
            spare.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield ended
    finally:
        timer.cancel()
        timer.join()
        spare.close()


def next_address(target: Target, location: str) -> str:
    """Where a redirect leads. Raises ``FetchError`` for one that leaves encryption behind, or leads nowhere."""
    if not location:
        raise FetchError(f"{target.host} redirects, but does not say where to.")
    try:
        onward = urljoin(target.url, location)
    except ValueError as error:
        raise FetchError(f"{target.host} redirects to what is no address.") from error
    if target.scheme == "https" and onward.lower().startswith("http://"):
        raise FetchError(f"{target.host} redirects from https to http, which the desk does not follow.")
    return onward


def fetched(target: Target, response: BaseHTTPResponse, asking: Asking) -> Fetched:
    headers, status = response.headers, response.status
    if status == HTTPStatus.NOT_MODIFIED and not {"If-None-Match", "If-Modified-Since"} & set(asking.headers):
        raise FetchError(f"{target.host} says that nothing changed, though it was not asked that.", status=status)
    if status != HTTPStatus.NOT_MODIFIED and not 200 <= status < 300:
        retry = seconds_of(headers.get("Retry-After", ""))
        reason = f"{status} {response.reason or ''}".strip()[:100]
        raise FetchError(f"{target.host} answered {reason}.", status=status, retry_after=retry)
    body = b"" if status == HTTPStatus.NOT_MODIFIED else body_of(target, response, asking.most_bytes)
    return Fetched(
        url=target.url,
        status=status,
        body=body,
        media_type=headers.get("Content-Type", "").partition(";")[0].strip().lower()[:100],
        etag=kept(headers.get("ETag", "")),
        modified=kept(headers.get("Last-Modified", "")),
    )


def kept(validator: str) -> str:
    """A validator to send back; one that is too long to be one, or has odd characters, is forgotten."""
    return validator if len(validator) <= 200 and validator.isascii() and validator.isprintable() else ""


def body_of(target: Target, response: BaseHTTPResponse, most: int) -> bytes:
    length = response.headers.get("Content-Length", "")
    body = bytearray()
    if not (length.isdecimal() and int(length) > most):
        for chunk in response.stream(CHUNK, decode_content=True):
            body += chunk
            if len(body) > most:
                break
        else:
            return bytes(body)
    raise FetchError(f"What {target.host} sends is longer than {most:,} bytes, the most that the desk takes.")


def seconds_of(retry_after: str) -> int | None:
    """The header ``Retry-After``, seconds or a date, as seconds between 0 and a day; None where it says nothing."""
    words = retry_after.strip()
    if words.isascii() and words.isdecimal():
        return min(int(words[:9]), MOST_WAIT)
    try:
        when = parsedate_to_datetime(words)
    except ValueError:
        return None
    wait = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return max(0, min(int(wait), MOST_WAIT))


def in_words(target: Target, error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{target.host} does not prove its name: {error.verify_message or 'its certificate is not valid'}."
    if isinstance(error, ssl.SSLError):
        return f"No encrypted connection to {target.host} could be made."
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return TOO_LONG.format(target.host)
    if isinstance(error, DecodeError):
        return f"What {target.host} sends is compressed in a way that cannot be read."
    return f"{target.host} broke off its answer: {said_by(error)}."


def said_by(error: Exception | None) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    words = getattr(error, "strerror", None) or type(error).__name__
    return str(words)[:200].rstrip(".").lower()
