"""What every page's template may show."""

from django.conf import settings
from django.http import HttpRequest

from claims.permissions import Verb, may
from newsdesk.navigation import parts


def desk(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    allowed = {verb.value: may(user, verb) for verb in Verb} if user is not None else {}
    return {
        "desk_name": settings.DESK_NAME,
        "desk_zone": settings.TIME_ZONE,
        "allowed": allowed,
        "parts": parts(request),
    }
