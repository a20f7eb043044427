"""A parser that does what its file says: a stand-in for whatever a library may be brought to do."""

from __future__ import annotations

import os
from typing import Any


def read_bytes(raw: bytes) -> dict[str, Any]:
    if raw == b"loop":
        while True:
            pass
    if raw == b"eat":
        return {"held": len(bytearray(400_000_000))}
    if raw == b"die":
        os._exit(3)
    if raw == b"write":
        with open("written-by-a-parser", "wb") as file:  # noqa: PTH123 -- what a library would do
            file.write(b"x" * 10)
            file.flush()
    if raw == b"flood":
        return {"words": "x" * 9_000_000}
    return {"words": raw.decode()}
