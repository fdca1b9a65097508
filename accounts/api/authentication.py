"""Authenticates scripts by their token: `Authorization: Bearer rf_…` (docs/api.md)."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User

MALFORMED = "Write the header as “Authorization: Bearer rf_…”, with one token and one space."
REFUSED = "This token is unknown, revoked or expired, or its owner can no longer sign in."


class BearerAuthentication(BaseAuthentication):
    """Comes first in the settings, so that a caller who sends nothing gets 401 with WWW-Authenticate."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        if not secret or secret != "".join(secret.split()):
            raise AuthenticationFailed(MALFORMED)
        token = ApiToken.objects.valid(secret, timezone.now())
        if token is None:
            raise AuthenticationFailed(REFUSED)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="ResolutionFlow"'
