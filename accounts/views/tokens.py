"""The API tokens of a person. Admins also see those of their account, and can revoke them."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.forms.tokens import TokenForm
from accounts.guards import members_only
from accounts.models import ApiToken, User
from accounts.requests import MemberRequest
from accounts.views.secrets import protect_secret
from accounts.views.sign_in import focus_first_error
from common.http_methods import post_only
from common.redirects import see_other

SHOWN = 200


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: MemberRequest) -> HttpResponse:
    """Show the tokens; POST creates one. Only the response to that POST shows its secret."""
    if request.method != "POST":
        return _page(request, TokenForm(request.user))
    form = TokenForm(request.user, request.POST)
    if not form.is_valid():
        focus_first_error(form)
        return _page(request, form, status=422)
    token, secret = form.issue()
    return protect_secret(_page(request, TokenForm(request.user), token, secret, status=201))


@members_only
@post_only
def revoke(request: MemberRequest, tid: UUID) -> HttpResponse:
    token = get_object_or_404(visible_to(request.user), pk=tid)
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    messages.success(request, f"“{token.name}” was revoked. Anything still using it will be refused.")
    return see_other("tokens")


def visible_to(person: User) -> QuerySet[ApiToken]:
    """Return the tokens that weren’t revoked: the person’s own, or for admins those of the account."""
    tokens = ApiToken.objects.filter(revoked_at=None).select_related("user")
    return tokens.filter(user__account=person.account) if person.is_account_admin else tokens.filter(user=person)


def _page(
    request: MemberRequest, form: TokenForm, fresh: ApiToken | None = None, secret: str = "", status: int = 200
) -> HttpResponse:
    live = visible_to(request.user).filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
    shown = list(live.order_by("-created_at")[:SHOWN])
    context = {
        "form": form,
        "fresh": fresh,
        "secret": secret,
        "own": [token for token in shown if token.user_id == request.user.pk],
        "others": [token for token in shown if token.user_id != request.user.pk],
    }
    return render(request, "accounts/tokens.html", context, status=status)
