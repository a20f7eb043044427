"""The desk's limits on one file, as its settings have them."""

from django.conf import settings

from ingest.wire.types import Limits


def limits() -> Limits:
    return Limits(max_bytes=settings.MAX_FILE_BYTES, max_words=settings.MAX_WORDS)
