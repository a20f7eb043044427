"""Says in one sentence which service does not answer: ``python tests/services.py``, before the tests run on them."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import psycopg
import redis

SECONDS = 5


def place(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    return f"{parts.hostname or 'the local socket'}:{parts.port or 'its own port'}"


def troubles(database_url: str, redis_url: str) -> list[str]:
    found = []
    try:
        psycopg.connect(database_url, connect_timeout=SECONDS).close()
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        found.append(f"PostgreSQL does not answer at {place(database_url)} ({reason}): start it or set DATABASE_URL.")
    try:
        with redis.Redis.from_url(redis_url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as server:
            server.ping()
    except (redis.RedisError, ValueError) as error:
        reason = " ".join(str(error).split())
        found.append(f"Redis does not answer at {place(redis_url)} ({reason}): start it or set REDIS_URL.")
    return found


if __name__ == "__main__":
    if found := troubles(os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")):
        sys.exit("\n".join(found))
