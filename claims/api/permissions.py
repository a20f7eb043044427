"""Rights of the desk as DRF asks for them. Who is nobody gets 401, who may not 403, who may but not in this way 405."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from claims.permissions import Verb, may

if TYPE_CHECKING:  # the views read this module while they are being imported
    from rest_framework.views import APIView


class MayPull(BasePermission):
    """Reading needs the right to pull; nothing can be written through a door that only says this."""

    message = "This account may not pull data. Ask the chief for a client's role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return may(request.user, Verb.PULL) and reads_only(request)

    def has_object_permission(self, request: Request, view: APIView, obj: Any) -> bool:
        return may(request.user, Verb.PULL, obj)


class MayRead(MayPull):
    """What is of the desk's own work needs the right to read its pages."""

    message = "This account may not read the desk's pages."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return may(request.user, Verb.READ) and super().has_permission(request, view)


class MayUpload(BasePermission):
    message = "This account may not upload copy. Ask the chief for an editor's role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return may(request.user, Verb.UPLOAD)


class MaySeeUploads(MayUpload):
    """To read how one's own uploads are going needs the right to upload; nothing is written this way."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and reads_only(request)


def reads_only(request: Request) -> bool:
    """True for a reading method; raises ``MethodNotAllowed`` for any other."""
    if request.method not in SAFE_METHODS:
        raise MethodNotAllowed(request.method or "")
    return True
