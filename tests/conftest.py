"""What every test may ask for: people in their roles, a signed-in browser, and a broker and cache of its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from claims.permissions import Role
from newsdesk.celery import app
from tests.factories import UserFactory

AsUser = Callable[[User], Client]
MOST_KEYS = 10_000


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite's in-memory database locks whole tables between threads; a file behaves as the desk's own does."""
    if django_settings.SQLITE:
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(scope="session", autouse=True)
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Bells of this test run go where no worker listens, and are thrown away after it."""
    options = dict(django_settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    if django_settings.REDIS_URL:
        options["global_keyprefix"] = f"newsdesk-test-{uuid.uuid4().hex}:"
    else:
        folder = tmp_path_factory.mktemp("broker")
        options |= {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder)}
    app.conf.broker_url = django_settings.CELERY_BROKER_URL
    app.conf.broker_transport_options = options
    yield
    if django_settings.REDIS_URL:
        drop_keys(options["global_keyprefix"])


def drop_keys(prefix: str) -> None:
    with redis.Redis.from_url(django_settings.REDIS_URL, socket_timeout=5) as server:
        for number, key in enumerate(server.scan_iter(f"{prefix}*")):
            server.delete(key)
            if number >= MOST_KEYS:
                break


@pytest.fixture(autouse=True)
def own_surroundings(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Counters of throttling start at nothing in every test; static files are served by name, without a build."""
    mark = uuid.uuid4().hex
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": mark}}
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield
    caches.close_all()


@pytest.fixture
def editor(db: None) -> User:
    return UserFactory(username="editor", role=Role.EDITOR)


@pytest.fixture
def reviewer(db: None) -> User:
    return UserFactory(username="reviewer", role=Role.REVIEWER)


@pytest.fixture
def chief(db: None) -> User:
    return UserFactory(username="chief", role=Role.CHIEF, is_staff=True)


@pytest.fixture
def client_account(db: None) -> User:
    return UserFactory(username="client", role=Role.CLIENT)


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody who can sign in and has no role."""
    return UserFactory(username="stranger")


@pytest.fixture
def as_user() -> AsUser:
    """``as_user(user)``: a browser in which that user is signed in."""

    def sign_in(user: User) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in
