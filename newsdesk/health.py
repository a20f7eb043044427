"""Whether the desk runs: ``live`` for who restarts the web server, ``ready`` for who watches the whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.models import Activity
from newsdesk.models import Pulse
from newsdesk.tasks import ROUND

STATEMENT_MS = 3_000
LATE_ROUNDS = 4
LEAST_LATE = 30
FINE = "ok"


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The web server answers; the database is not asked."""
    return JsonResponse({"status": FINE})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when every part works, else 503; ``parts`` says of each ``ok`` or what is wrong with it."""
    parts = survey()
    fine = all(state == FINE for state in parts.values())
    return JsonResponse({"status": FINE if fine else "down", "parts": parts}, status=200 if fine else 503)


def survey() -> dict[str, str]:
    """Each part of the desk and its state in words. Bounded: the database gets three seconds a question."""
    parts = {"database": tell(ask_database)}
    if parts["database"] != FINE:
        return parts | {"migrations": "not asked", "worker": "not asked"}
    parts["migrations"] = tell(ask_migrations)
    parts["worker"] = tell(ask_worker) if parts["migrations"] == FINE else "not asked"
    if settings.REDIS_URL:
        parts["redis"] = tell(ask_redis)
    return parts


def tell(question: Callable[[], str]) -> str:
    try:
        return question()
    except (DatabaseError, OSError) as error:
        return f"does not answer: {type(error).__name__}"
    except Exception as error:  # noqa: BLE001 -- a client library's own error is an answer too: this part is down
        return f"does not answer: {type(error).__name__}"


def ask_database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET statement_timeout = {STATEMENT_MS:d}")
        try:
            cursor.execute("SELECT 1")
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("RESET statement_timeout")
    return FINE


def ask_migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} to apply: run manage.py migrate" if missing else FINE


def ask_worker() -> str:
    """Beat rings every sweep; after four rounds without an answer, beat, broker or worker is down. A worker with a long
    queue answers late, so an article that it finished counts as well."""
    signs = [
        Pulse.objects.filter(name=ROUND).values_list("at", flat=True).first(),
        Activity.objects.filter(kind=Activity.Kind.EXTRACTED).order_by("-at").values_list("at", flat=True).first(),
    ]
    seen = [sign for sign in signs if sign is not None]
    if not seen:
        return "has never answered: start worker and beat"
    age = timezone.now() - max(seen)
    if age > timedelta(seconds=max(LEAST_LATE, settings.SWEEP_SECONDS * LATE_ROUNDS)):
        return f"last answered {int(age.total_seconds())} s ago: beat, broker or worker is down"
    return FINE


def ask_redis() -> str:
    cache.set("health", FINE, 10)
    return FINE if cache.get("health") == FINE else "keeps nothing"
