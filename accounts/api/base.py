"""The base of every view of the API.

Of several things wrong with a request it answers the first of: 401, 429, 404, 403, 400 and its like; then a
call that was made before is answered as it was then; then come 412 and 409.
"""

from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.utils.cache import patch_cache_control
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError, PermissionDenied, UnsupportedMediaType, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import etags, throttling
from accounts.api.bodies import checked
from accounts.api.idempotency import KeyReused, once
from accounts.models import ApiToken, User
from common.refusals import InvalidInput

Standing = tuple[str, dict[str, Any], str]
"""A row as it is now: `session` or `fix`, its JSON, its ETag."""

BELOW_NOT_FOUND = (
    PermissionDenied,
    ParseError,
    ValidationError,
    InvalidInput,
    UnsupportedMediaType,
    RequestDataTooBig,
    KeyReused,
)
"""Not said of things that aren't there, or aren't this account's."""


class ApiView(APIView):
    allowance: throttling.Allowance | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        """No view can forget Idempotency-Key."""
        super().__init_subclass__(**options)
        for method in vars(cls).keys() & {"post", "patch"}:
            setattr(cls, method, once(getattr(cls, method)))

    def named(self) -> QuerySet[Any] | None:
        """The rows of this person's account that the path names; None where it names none."""
        return None

    def standing(self) -> Standing:
        """What If-Match is about here, for whoever was refused with 412."""
        raise NotImplementedError

    @cached_property
    def user(self) -> User:
        """Whoever calls; the permission has seen to it that it is a person of an account."""
        return cast(User, self.request.user)

    @property
    def account_id(self) -> UUID:
        return cast(UUID, self.user.account_id)

    def body(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        return checked(serializer, self.request.data)

    def perform_authentication(self, request: Request) -> None:
        """Whoever calls is counted as soon as it is known who that is, whatever else is wrong."""
        super().perform_authentication(request)
        if isinstance(request.user, User):
            token = request.auth if isinstance(request.auth, ApiToken) else None
            self.allowance = throttling.count(request.user, token)
            if self.allowance:
                self.allowance.refuse_beyond()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if None in kwargs.values():  # a malformed id
            raise NotFound
        etags.refuse_unless_readable(request)

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
        for name, value in self.allowance.headers.items() if self.allowance else ():
            answer[name] = value
        return answer


class Nowhere(ApiView):
    """Every path under the API that nothing else answers."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request)
        raise NotFound

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(NotFound() if isinstance(exc, PermissionDenied) else exc)
