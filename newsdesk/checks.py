"""What must hold between the settings; ``manage.py check`` says it, and the desk does not start against an error."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from newsdesk.demo import DEMO_MAIL

SECRET_LENGTH = 32
HOME = {"127.0.0.1", "localhost", "::1", "testserver"}
Apps = Sequence[AppConfig] | None


@register()
def time_limits(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A task must have ended before anybody else may take up its row, and before Redis delivers it again."""
    limit, found = settings.CELERY_TASK_TIME_LIMIT, list[CheckMessage]()
    if limit >= settings.LEASE_SECONDS:
        found.append(
            Error(
                f"A task may run {limit} s, as long as its lease of {settings.LEASE_SECONDS} s or longer: "
                "two workers would read one article.",
                hint="Set NEWSDESK_TASK_SECONDS below NEWSDESK_LEASE_SECONDS.",
                id="newsdesk.E001",
            )
        )
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout")
    if visibility is not None and limit >= visibility:
        found.append(
            Error(
                f"A task may run {limit} s; Redis delivers it again after {visibility} s.",
                hint="Set NEWSDESK_TASK_SECONDS below the broker's visibility timeout.",
                id="newsdesk.E002",
            )
        )
    return found


@register()
def secret_key(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) >= SECRET_LENGTH:
        return []
    return [
        Error(
            f"The secret key has {len(settings.SECRET_KEY)} characters; {SECRET_LENGTH} are the least.",
            hint="Set NEWSDESK_SECRET_KEY to a long random value, or unset it: the desk then makes one in var/.",
            id="newsdesk.E003",
        )
    ]


@register()
def var_writable(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if settings.VAR_DIR.is_dir() and os.access(settings.VAR_DIR, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"The desk cannot write to {settings.VAR_DIR}.",
            hint="Make the folder writable for the user that runs the desk, or name another in NEWSDESK_VAR.",
            id="newsdesk.E005",
        )
    ]


@register()
def routes(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A folder that is away may be on a disk that is mounted later, so that the desk starts all the same."""
    places = (
        ("NEWSDESK_WATCH_FOLDER", settings.WATCH_FOLDER, "", "newsdesk.W007"),
        ("NEWSDESK_MAILDIR", settings.MAILDIR, "new", "newsdesk.W008"),
    )
    return [
        Warning(
            f"{name} leads to {path / within}, which is no folder that the desk may write to.",
            hint="Make it and let the user that runs the worker write there, or unset the variable.",
            id=id_,
        )
        for name, path, within, id_ in places
        if path is not None and not ((path / within).is_dir() and os.access(path / within, os.W_OK | os.X_OK))
    ]


@register()
def extractor(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The engine's module is looked for and not imported, since loading a model is the worker's business."""
    module, _, name = settings.EXTRACTOR.rpartition(".")
    try:
        if module and name and find_spec(module) is not None:
            return []
    except (ImportError, ValueError):
        pass
    return [
        Error(
            f"There is no engine at {settings.EXTRACTOR}.",
            hint="Set NEWSDESK_EXTRACTOR to the dotted path of a function, or unset it.",
            id="newsdesk.E006",
        )
    ]


@register(Tags.database)
def demo_accounts(app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Runs with ``manage.py check --database default`` and before every migration."""
    if not databases or not (settings.HTTPS or urlsplit(settings.PUBLIC_URL).hostname not in HOME):
        return []
    try:
        names = list(User.objects.filter(email__endswith=DEMO_MAIL, is_active=True).values_list("username", flat=True))
    except DatabaseError:  # before the first migration there is no table, hence no account
        return []
    if not names:
        return []
    return [
        Warning(
            f"Demo accounts can sign in on a desk that others reach: {', '.join(sorted(names))}.",
            hint="Deactivate them in the admin, or give them passwords of their own and another address.",
            id="newsdesk.W004",
        )
    ]
