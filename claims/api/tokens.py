"""A client's token as it comes in the header: ``Authorization: Token …``. The desk keeps only its digest."""

from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class ClientToken(TokenAuthentication):  # type: ignore[misc]  # knox has no types
    def authenticate(self, request: Request) -> tuple[object, object] | None:
        try:
            known: tuple[object, object] | None = super().authenticate(request)
        except UnicodeDecodeError as error:
            raise AuthenticationFailed("The token has characters that no token of this desk has.") from error
        return known
