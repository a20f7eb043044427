"""Typed readers for settings that come from the environment. A value that does not parse stops the start with its
name."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "yes" if default else "no").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it takes yes or no.")


def whole(name: str, default: int, *, at_least: int = 0) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < at_least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes a whole number of {at_least} or more.")
    return int(value)


def ports(name: str, default: str) -> list[int]:
    given = words(name, default)
    for port in given:
        if not port.isdecimal() or not 1 <= int(port) <= 65_535:
            raise ImproperlyConfigured(f"{name} holds {port!r}; it takes port numbers with commas.")
    return [int(port) for port in given]


def folder(name: str) -> Path | None:
    """The folder, or None where the variable is empty; one that starts nowhere in particular is refused."""
    value = text(name)
    if value and not Path(value).is_absolute():
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes a path that begins with /.")
    return Path(value) if value else None


def secret(name: str, keep_in: Path) -> str:
    """The value of ``name``, else one that is made once and kept, readable by its owner alone, in ``keep_in``."""
    if value := text(name):
        return value
    if not keep_in.exists():
        keep_in.parent.mkdir(parents=True, exist_ok=True)
        fresh = keep_in.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            os.link(fresh, keep_in)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return keep_in.read_text().strip()
