"""What a person does about an event that the machine proposed, as a form sends it. Confirming one is confirming a link
to it, on the page of a claim."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims import proposing
from claims.access import needs
from claims.errors import Stale
from claims.models import Event
from claims.permissions import Verb


@require_POST
@needs(Verb.LINK)
def dismiss(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = get_object_or_404(Event, pk=pk)
    try:
        proposing.dismiss(event=event, by=cast(User, request.user))
    except Stale as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"“{event.title}” is dismissed. The same copy will not be proposed as an event again."
        )
    return HttpResponse(status=303, headers={"Location": reverse("events")})
