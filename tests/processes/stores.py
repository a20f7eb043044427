"""Databases for processes under test: one is migrated, each test gets a copy, all are taken away."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
MIGRATE_SECONDS = 120


class Store(Protocol):
    url: str

    def rows(self, query: str) -> list[tuple[Any, ...]]: ...
    def copy(self, folder: Path) -> Store: ...
    def drop(self) -> None: ...


@dataclass
class SqliteStore:
    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path, timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def copy(self, folder: Path) -> SqliteStore:
        with closing(sqlite3.connect(self.path, timeout=20)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return SqliteStore(Path(shutil.copy(self.path, folder / "newsdesk.sqlite3")))

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)


@dataclass
class PostgresStore:
    admin: str
    name: str

    @property
    def url(self) -> str:
        return urlunsplit(urlsplit(self.admin)._replace(path=f"/{self.name}"))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, connect_timeout=10, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def command(self, words: str, *names: str) -> None:
        with psycopg.connect(self.admin, connect_timeout=10, autocommit=True) as connection:
            connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))

    def create(self) -> PostgresStore:
        self.command("CREATE DATABASE {}", self.name)
        return self

    def copy(self, folder: Path) -> PostgresStore:
        fresh = PostgresStore(self.admin, f"newsdesk_stage_{uuid.uuid4().hex[:12]}")
        self.command("CREATE DATABASE {} TEMPLATE {}", fresh.name, self.name)
        return fresh

    def drop(self) -> None:
        self.command("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)


def migrated(folder: Path) -> Store:
    """An empty desk on the kind of database that DATABASE_URL names, else on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    store: Store = SqliteStore(folder / "template.sqlite3")
    if url.startswith("postgres"):
        store = PostgresStore(url, f"newsdesk_stage_{uuid.uuid4().hex[:12]}").create()
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"],
        env=os.environ | {"DATABASE_URL": store.url, "NEWSDESK_VAR": str(folder / "var")},
        cwd=ROOT,
        check=True,
        timeout=MIGRATE_SECONDS,
    )
    return store
