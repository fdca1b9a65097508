"""The types of request that a guarded view gets (accounts/guards.py)."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of a person who is signed in."""

    user: User
    htmx: HtmxDetails


class MemberRequest(SignedInRequest):
    """A request of a person who also belongs to an account."""
