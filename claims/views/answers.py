"""What pages of more than one room answer: a form that an act refused, and a step to the row that was changed."""

from __future__ import annotations

from typing import Any, Protocol

from django import forms
from django.http import HttpRequest, HttpResponse

from claims.errors import ActError


class Addressed(Protocol):
    def get_absolute_url(self) -> str: ...


def complain(form: forms.Form | forms.ModelForm[Any], error: ActError) -> int:
    """Put what the act refused where it belongs in the form; returns the status of the answer."""
    where = getattr(error, "field", "")
    form.add_error(where if where in form.fields else None, str(error))
    return error.status


def seen_by(request: HttpRequest) -> int:
    """The count of changes that the sent form was shown with; -1, which fits no row, where it says none."""
    words = request.POST.get("seen", "")
    return int(words) if words.isdecimal() and len(words) < 10 else -1


def see_other(row: Addressed) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": row.get_absolute_url()})
