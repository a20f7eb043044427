"""A database of its own for a measurement, in place of the desk's."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection


class Throwaway:
    """A migrated database of its own in place of the desk's, which is not touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        self.name = connection.settings_dict["NAME"]
        if settings.SQLITE:
            connection.settings_dict["TEST"]["NAME"] = str(self.folder / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)

    def __exit__(self, *_: object) -> None:
        connection.creation.destroy_test_db(str(self.name), verbosity=0)
