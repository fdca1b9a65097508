"""The base of every view of the API.

Of several things wrong with a request it answers the first of: 401, 404, 403, 400 and its like, 409.
"""

from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.cache import patch_cache_control
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError, PermissionDenied, UnsupportedMediaType, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from sessions.api.bodies import checked
from sessions.refusals import InvalidInput

BELOW_NOT_FOUND = (
    PermissionDenied,
    ParseError,
    ValidationError,
    InvalidInput,
    UnsupportedMediaType,
    RequestDataTooBig,
)
"""Not said of things that aren't there, or aren't this account's."""


class ApiView(APIView):
    def named(self) -> QuerySet[Any] | None:
        """The rows of this person's account that the path names; None where it names none."""
        return None

    @cached_property
    def user(self) -> User:
        """Whoever calls; the permission has seen to it that it is a person of an account."""
        return cast(User, self.request.user)

    @property
    def account_id(self) -> UUID:
        return cast(UUID, self.user.account_id)

    def body(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        return checked(serializer, self.request.data)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        request.encoding = "utf-8"  # the header may name a codec that can't read the query
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if None in kwargs.values():  # a malformed id
            raise NotFound

    def refuse_unless_there(self) -> None:
        """Raise NotFound unless the path names a row of this account: one query."""
        rows = self.named()
        if rows is not None and not rows.exists():
            raise NotFound

    def handle_exception(self, exc: Exception) -> Response:
        # not request.user: that would try again an authentication that may just have failed
        caller = getattr(self.request, "_user", None)
        if isinstance(exc, BELOW_NOT_FOUND) and getattr(caller, "account_id", None):
            try:
                self.refuse_unless_there()
            except NotFound as outranking:
                exc = outranking
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(answer, private=True, no_cache=True)
        return answer


class Nowhere(ApiView):
    """Every path under the API that nothing else answers."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request)
        raise NotFound

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(NotFound() if isinstance(exc, PermissionDenied) else exc)
