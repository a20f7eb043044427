"""The past moment that a program asks for, and the header that says which one it got (RFC 7089)."""

from __future__ import annotations

from datetime import datetime

from django.utils.http import http_date
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.errors import Incomplete
from claims.past import moment_of


def asked_moment(request: Request) -> datetime | None:
    """Raises ``ValidationError`` for one that is not understood or still to come."""
    if (words := request.query_params.get("at")) is None:
        return None
    try:
        return moment_of(words)
    except Incomplete as error:
        raise ValidationError({"at": [str(error)]}) from error


def stamped(response: Response, at: datetime | None) -> Response:
    if at is not None:
        response["Memento-Datetime"] = http_date(at.timestamp())
    return response
