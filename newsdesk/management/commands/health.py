"""``manage.py health``: the state of every part as JSON; exit code 1 when one is down."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from newsdesk import health


class Command(BaseCommand):
    help = "Say which parts of the desk answer; exit code 1 when one does not."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        parts = health.survey()
        self.stdout.write(json.dumps(parts))
        if any(state != health.FINE for state in parts.values()):
            sys.exit(1)
