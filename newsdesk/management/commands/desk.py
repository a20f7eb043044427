"""``manage.py desk``: the whole desk on one machine, in one terminal."""

from __future__ import annotations

import fcntl
import http.client
import os
import socket
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from newsdesk import env, processes
from newsdesk.demo import rulings, seeding

START_SECONDS = 60.0
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared with, not bound to
SERVER_ERROR = 500


class Command(BaseCommand):
    help = "Serve the desk on this machine: migrate, seed a demo when empty, then web server, worker and beat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
        demo = parser.add_mutually_exclusive_group()
        demo.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
        demo.add_argument(
            "--demo", action="store_true", help="seed the demo desk also where DATABASE_URL names the database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        with OnlyDesk(settings.VAR_DIR / "desk.lock"):
            check_port(host, port)
            self.prepare()
            seeded = self.seed(wanted=options["demo"], unwanted=options["no_demo"])
            company = self.company(host, port)
            try:
                company.stop_on_signals()
                company.start()
                wait_for_web(company, host, port)
                if not company.stopping:
                    self.greet(host, port)
                company.watch(rulings.Ruler(self.say) if seeded else lambda: None)
            except processes.ChildGone as error:
                raise CommandError(str(error)) from error
            finally:
                company.stop()
                self.say("Every process has ended.")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def prepare(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if static_changed(settings.STATIC_ROOT):
            call_command("collectstatic", verbosity=0, interactive=False)
            (settings.STATIC_ROOT / ".collected").touch()

    def seed(self, *, wanted: bool, unwanted: bool) -> bool:
        """Whether the demo desk was written now: only into an empty database, and never unasked into one that somebody
        named in DATABASE_URL."""
        if unwanted or User.objects.exists():
            return False
        if env.text("DATABASE_URL") and not wanted:
            self.say("The database is empty. Make a first account: manage.py createsuperuser (or desk --demo).")
            return False
        self.say("The database is empty: writing the demo desk.")
        seeding.seed()
        return True

    def company(self, host: str, port: int) -> processes.Company:
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        surroundings = {"NEWSDESK_PUBLIC_URL": address_of(host, port), **os.environ, "PYTHONUNBUFFERED": "1"}
        children = [
            processes.Child(name, command, settings.VAR_DIR / "log" / f"{name}.log", surroundings, settings.BASE_DIR)
            for name, command in processes.commands(bind).items()
        ]
        return processes.Company(children, self.say)

    def greet(self, host: str, port: int) -> None:
        address = address_of(host, port)
        lines = ["", f"Newsdesk serves {address}/ (logs in {settings.VAR_DIR / 'log'}). Ctrl-C ends it.", ""]
        self.say("\n".join([*lines, *seeding.accounts_in_words(address)]))


class OnlyDesk:
    """Holds the lock of one var folder. Raises ``CommandError`` while another desk holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.path.open("a")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.file.close()
            raise CommandError(
                f"Another desk runs on {self.path.parent}. End it, or name another folder in NEWSDESK_VAR."
            ) from error

    def __exit__(self, *about: object) -> None:
        self.file.close()


def address_of(host: str, port: int) -> str:
    """Where a browser on this machine finds the desk."""
    name = ANYWHERE.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def check_port(host: str, port: int) -> None:
    """Raises ``CommandError`` where nobody can listen at this address."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"The desk cannot listen at {host}:{port}: {error}. Choose another port: make run PORT=8001"
        ) from error


def static_changed(root: Path) -> bool:
    """Whether a file of ours, or the set of installed packages, is newer than what was collected."""
    mark = root / ".collected"
    if not mark.exists():
        return True
    ours = [path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*")]
    sources = [path for path in (*ours, settings.BASE_DIR / "requirements.lock") if path.exists()]
    return any(path.stat().st_mtime > mark.stat().st_mtime for path in sources)


def wait_for_web(company: processes.Company, host: str, port: int) -> None:
    """Until the web server answers, or somebody asks to stop. Raises ``CommandError`` after a minute."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not company.stopping:
        company.look_after()
        connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=5)
        try:
            connection.request("GET", "/health/")
            if connection.getresponse().status < SERVER_ERROR:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(processes.TICK_SECONDS)
        finally:
            connection.close()
    if not company.stopping:
        raise CommandError(f"The web server did not answer in {START_SECONDS:.0f} s. See {settings.VAR_DIR / 'log'}.")
