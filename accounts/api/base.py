"""The base of every view of the API.

If several things are wrong with a request, the response is the first of: 401, 429, 404, 403, 415 or 400.
Then a repeated call gets its earlier response. Then come 412 and 409.
"""

from functools import cached_property
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.utils.cache import patch_cache_control
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError, PermissionDenied, UnsupportedMediaType, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import bodies, etags, throttling
from accounts.api.idempotency import KeyReused, idempotent
from accounts.models import ApiToken, User
from common.refusals import InvalidInput
from common.values import unknown_keys


class Snapshot(NamedTuple):
    """A row as it is now, for a caller who saw an older version."""

    kind: str
    """`session`, `fix` or `handoff`"""
    body: dict[str, Any]
    etag: str


OUTRANKED_BY_NOT_FOUND = (
    PermissionDenied,
    ParseError,
    ValidationError,
    InvalidInput,
    UnsupportedMediaType,
    RequestDataTooBig,
    KeyReused,
)
"""These are not answered about rows that don't exist, or are another account's."""


class ApiView(APIView):
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    query_class: type[serializers.Serializer] = bodies.NoFields
    """The query parameters that GET takes; other methods take none."""
    allowance: throttling.Allowance | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        """Make POST and PATCH of every view heed Idempotency-Key."""
        super().__init_subclass__(**options)
        for method in vars(cls).keys() & {"post", "patch"}:
            setattr(cls, method, idempotent(getattr(cls, method)))

    def target(self) -> QuerySet[Any] | None:
        """Return the row that the path names, as a query of this person's account; None where it names none."""
        return None

    def snapshot(self) -> Snapshot | None:
        """Return the row that If-Match is about, for a refusal with 412; None where there is none."""
        return None

    @cached_property
    def user(self) -> User:
        """The caller; the permission has made sure that it is a person of an account."""
        return cast(User, self.request.user)

    @property
    def account_id(self) -> UUID:
        return cast(UUID, self.user.account_id)

    def body(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        """Return the fields of the body. Raises ParseError, InvalidInput or ValidationError."""
        return bodies.validated(serializer, self.request.data)

    def query_params(self) -> dict[str, Any]:
        """Return the query parameters, with their defaults. Raises ValidationError."""
        return bodies.validated(self.query_class, self.request.query_params.dict())

    def perform_authentication(self, request: Request) -> None:
        """Count the call as soon as the caller is known, whatever else is wrong with it."""
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
        etags.check_headers(request)
        self._refuse_unknown_params(request)
        if request.method not in SAFE_METHODS:
            bodies.refuse_coded(request)

    def _refuse_unknown_params(self, request: Request) -> None:
        takes = self.query_class if request.method in SAFE_METHODS else bodies.NoFields
        if unknown := unknown_keys(request.query_params, tuple(takes().fields)):
            raise InvalidInput(**unknown)
        bodies.refuse_repeated(request.query_params)

    def require_target(self) -> None:
        """Raise NotFound unless the path names a row of this account: one query."""
        rows = self.target()
        if rows is not None and not rows.exists():
            raise NotFound

    def handle_exception(self, exc: Exception) -> Response:
        # not request.user: that would try again an authentication that may just have failed
        caller = getattr(self.request, "_user", None)
        if isinstance(exc, OUTRANKED_BY_NOT_FOUND) and getattr(caller, "account_id", None):
            try:
                self.require_target()
            except NotFound as not_found:
                exc = not_found
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(answer, private=True, no_cache=True)
        for name, value in self.allowance.headers.items() if self.allowance else ():
            answer[name] = value
        return answer


class UnknownPath(ApiView):
    """Answers 404 on every path under the API that no other view has."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request)
        raise NotFound

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(NotFound() if isinstance(exc, OUTRANKED_BY_NOT_FOUND) else exc)
