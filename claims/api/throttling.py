"""How many requests a client may make, by account, or by address for who has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:  # the views read this module while they are being imported
    from rest_framework.views import APIView


class PerClient(SimpleRateThrottle):
    """One budget for each account, over all endpoints and all its tokens; rates come from the settings."""

    scope = "client"

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.scope = "client" if known(request) else "anonymous"
        self.rate = self.get_rate()
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return bool(super().allow_request(request, view))

    def get_rate(self) -> str:
        rates: dict[str, Any] = api_settings.DEFAULT_THROTTLE_RATES
        return str(rates[self.scope])

    def get_cache_key(self, request: Request, view: APIView) -> str:
        who = request.user.pk if known(request) else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}


def known(request: Request) -> bool:
    return bool(request.user and request.user.is_authenticated)
