"""The desk says whether it runs, and refuses settings that do not fit together."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, run_checks
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from claims.models import Activity
from newsdesk import demo, health
from newsdesk.models import Pulse
from newsdesk.processes import Child, ChildGone, Company
from newsdesk.tasks import ROUND, pulse


def test_live_asks_no_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert client.post("/health/").status_code == 405


@pytest.mark.django_db
def test_ready_after_a_round(client: Client) -> None:
    assert client.get("/health/ready/").json()["parts"]["worker"].startswith("has never answered")
    pulse()
    answer = client.get("/health/ready/")
    assert answer.status_code == 200, answer.json()
    assert set(answer.json()["parts"].values()) == {"ok"}
    assert answer["Cache-Control"].startswith("max-age=0")


@pytest.mark.django_db
def test_ready_says_that_nobody_answers(client: Client, settings: Settings) -> None:
    settings.SWEEP_SECONDS = 15
    Pulse.objects.create(name=ROUND, at=timezone.now() - timedelta(seconds=90))
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"] | {"redis": "ok"} == {
        "database": "ok",
        "migrations": "ok",
        "redis": "ok",
        "worker": "last answered 90 s ago: beat, broker or worker is down",
    }
    Activity.objects.create(kind=Activity.Kind.EXTRACTED)
    assert client.get("/health/ready/").status_code == 200


@pytest.mark.django_db
def test_ready_says_that_a_migration_is_missing(client: Client) -> None:
    pulse()
    MigrationRecorder(connection).migration_qs.filter(app="newsdesk").delete()
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == "1 to apply: run manage.py migrate"


def test_ready_says_that_the_database_is_down(client: Client) -> None:
    """No mark for the database: the question itself is refused here, as by a server that is down."""

    def refused() -> str:
        raise ConnectionRefusedError("nobody listens")

    assert health.tell(refused) == "does not answer: ConnectionRefusedError"


@pytest.mark.parametrize(
    ("setting", "value", "found"),
    [
        ("CELERY_TASK_TIME_LIMIT", 300, {"newsdesk.E001"}),
        ("CELERY_TASK_TIME_LIMIT", 240, set()),
        ("CELERY_BROKER_TRANSPORT_OPTIONS", {"visibility_timeout": 100}, {"newsdesk.E002"}),
        ("SECRET_KEY", "short", {"newsdesk.E003"}),
        ("VAR_DIR", Path("/proc/nowhere"), {"newsdesk.E005"}),
        ("EXTRACTOR", "claims.nowhere.extract", {"newsdesk.E006"}),
        ("EXTRACTOR", "extract", {"newsdesk.E006"}),
        ("WATCH_FOLDER", Path("/proc/nowhere"), {"newsdesk.W007"}),
        ("MAILDIR", Path("/proc"), {"newsdesk.W008"}),
    ],
)
def test_checks(settings: Settings, setting: str, value: object, found: set[str]) -> None:
    settings.LEASE_SECONDS = 300
    setattr(settings, setting, value)
    assert ids(run_checks()) == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("https", "address", "active", "found"),
    [
        (False, "http://127.0.0.1:8000", True, set()),
        (True, "http://127.0.0.1:8000", True, {"newsdesk.W004"}),
        (False, "http://desk.example.org", True, {"newsdesk.W004"}),
        (True, "https://desk.example.org", False, set()),
    ],
)
def test_demo_accounts_are_noticed(
    settings: Settings, https: bool, address: str, active: bool, found: set[str]
) -> None:
    settings.HTTPS, settings.PUBLIC_URL = https, address
    User.objects.create(username="editor", email=f"editor{demo.DEMO_MAIL}", is_active=active)
    assert ids(run_checks(databases=["default"])) == found


def ids(messages: list[CheckMessage]) -> set[str]:
    return {str(message.id) for message in messages if str(message.id).startswith("newsdesk.")}


def test_child_that_ends_at_once_is_given_up(tmp_path: Path) -> None:
    said: list[str] = []
    child = Child("web", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "web.log", {}, tmp_path)
    company = Company([child], said.append)
    company.start()
    with pytest.raises(ChildGone, match="web ended 4 times in a few minutes, with code 3"):
        company.watch()
    company.stop()
    assert len(said) == 3


def test_child_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.processes.GRACE_SECONDS", 1.0)
    words = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    child = Child("worker", [sys.executable, "-c", words], tmp_path / "worker.log", {}, tmp_path)
    company = Company([child], lambda words: None)
    company.start()
    while "up" not in child.log.read_text():
        assert child.ended() is None
    company.stop()
    assert child.ended() == -9


def test_make_says_what_python_is_missing(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parent.parent
    answer = subprocess.run(
        ["make", "-f", str(root / "Makefile"), ".venv/bin/python", "PYTHON=/nowhere/python"],
        cwd=tmp_path,
        env={"PATH": "/nowhere", "SHELL": "/bin/sh"},
        executable="/usr/bin/make",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answer.returncode != 0
    assert "Newsdesk needs Python 3.11 or newer" in answer.stderr
