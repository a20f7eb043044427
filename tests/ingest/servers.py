"""Real servers on this machine for what the desk fetches: plain, encrypted, slow, endless, going in circles."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A running server. ``pages`` are called by path; ``asked`` are the paths and headers of all requests."""

    server: ThreadingHTTPServer
    scheme: str = "http"
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Broken connections are what these tests are about."""


class SixServer(Server):
    address_family = socket.AF_INET6


@contextmanager
def site(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            running.asked.append((self.path, dict(self.headers)))
            page = running.pages.get(self.path, lambda handler: handler.send_error(404))
            page(self)

        def log_message(self, *args: Any) -> None:
            pass

        def setup(self) -> None:
            if tls:
                self.request = tls.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()

    server = (SixServer if ":" in host else Server)((host, 0), Handler)
    running = Site(server, "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(body: bytes, status: int = 200, **headers: str) -> Page:
    """Header names are given with underscores."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return page


def leads_to(address: str, status: int = 302) -> Page:
    return says(b"", status, Location=address)


def drips(seconds: float, *, in_headers: bool) -> Page:
    """One byte each tenth of a second, so that no single read ever waits long."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"X-Slow: " if in_headers else b"\r\n"))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b"x")
            time.sleep(0.1)

    return page


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(20_000):
        handler.wfile.write(b"x" * 10_000)


def bomb(megabytes: int) -> Page:
    """A small compressed answer that is large behind it."""
    return says(gzip.compress(bytes(1_000_000) * megabytes), Content_Encoding="gzip")


def with_validators(body: bytes, etag: str, modified: str) -> Page:
    def page(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers["If-None-Match"] == etag or handler.headers["If-Modified-Since"] == modified
        says(b"" if known else body, 304 if known else 200, ETag=etag, Last_Modified=modified)(handler)

    return page


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for ``name``, as its server uses it, and as a client trusts it."""
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    about = ["-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run(
        [*command, *about, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True, timeout=30
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(cert, key)
    return serving, ssl.create_default_context(cafile=str(cert))
