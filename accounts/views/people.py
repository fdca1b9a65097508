"""The page where admins invite people into the account, set roles, deactivate and reactivate."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import invitations, mail, people
from accounts.forms.people import InviteForm
from accounts.guards import admins_only
from accounts.models import Account, Invitation, Role, User
from accounts.requests import MemberRequest
from accounts.views.secrets import protect_secret
from accounts.views.sign_in import focus_first_error
from common.error_pages import error_response
from common.http_methods import post_only
from common.redirects import see_other

A_ROLE = {Role.VIEWER: "a viewer", Role.ENGINEER: "an engineer", Role.ADMIN: "an admin"}


@dataclass(frozen=True)
class Fresh:
    """An invitation that was just created, with the link that is shown only now."""

    invitation: Invitation
    link: str
    mailed: bool


@admins_only
@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: MemberRequest) -> HttpResponse:
    """Show the people; POST invites someone. Only the response to that POST shows the link."""
    if request.method != "POST":
        return _page(request)
    form = InviteForm(_account(request), request.POST)
    if not form.is_valid():
        focus_first_error(form)
        return _page(request, form=form, status=422)
    return _invited(request, **form.cleaned_data)


@admins_only
@post_only
def role(request: MemberRequest, uid: UUID) -> HttpResponse:
    person = _person(request, uid)
    if request.POST.get("role") not in Role.values:
        return error_response(request, 422, "Unknown role", ["Choose viewer, engineer or admin. Nothing was changed."])
    try:
        people.set_role(person, Role(request.POST["role"]))
    except people.LastAdmin as refusal:
        return _page(request, problem=(person.pk, str(refusal.message)), status=409)
    messages.success(request, f"{person} is now {A_ROLE[Role(person.role)]}.")
    return see_other("profile" if person == request.user and not person.is_account_admin else "people")


@admins_only
@post_only
def deactivate(request: MemberRequest, uid: UUID) -> HttpResponse:
    person = _person(request, uid)
    try:
        people.deactivate(person)
    except people.LastAdmin as refusal:
        return _page(request, problem=(person.pk, str(refusal.message)), status=409)
    messages.success(request, f"{person} is deactivated: signed out everywhere, tokens blocked.")
    return see_other("people")


@admins_only
@post_only
def reactivate(request: MemberRequest, uid: UUID) -> HttpResponse:
    person = _person(request, uid)
    people.reactivate(person)
    messages.success(request, f"{person} can sign in again, and their tokens work.")
    return see_other("people")


@admins_only
@post_only
def renew(request: MemberRequest, iid: UUID) -> HttpResponse:
    """Send the invitation again with a new link. The old link becomes invalid."""
    old = get_object_or_404(Invitation.objects.pending(_account(request)), pk=iid)
    if User.objects.filter(account=request.user.account, email=old.email).exists():
        messages.info(request, f"{old.email} already has an account here, so no new link was created.")
        return see_other("people")
    return _invited(request, email=old.email, display_name=old.display_name, role=Role(old.role))


@admins_only
@post_only
def revoke(request: MemberRequest, iid: UUID) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=iid, account=request.user.account)
    invitations.revoke(invitation)
    messages.success(request, f"Invitation for {invitation.display_name} revoked. The link no longer works.")
    return see_other("people")


def _account(request: MemberRequest) -> Account:
    assert request.user.account is not None  # admins_only has checked that there is one
    return request.user.account


def _person(request: MemberRequest, uid: UUID) -> User:
    return get_object_or_404(User, pk=uid, account=request.user.account)


def _invited(request: MemberRequest, **fields: Any) -> HttpResponse:
    account = _account(request)
    invitation, secret = invitations.invite(account, request.user, **fields)
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    context = {"invitation": invitation, "link": link, "by": request.user, "account": account}
    mailed = mail.send(invitation.email, f"Join {account} on ResolutionFlow", "accounts/mail/invitation.txt", context)
    return protect_secret(_page(request, fresh=Fresh(invitation, link, mailed), status=201))


def _page(
    request: MemberRequest,
    form: InviteForm | None = None,
    fresh: Fresh | None = None,
    problem: tuple[UUID, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page. `problem` is a person’s id and the reason why nothing was changed."""
    account = _account(request)
    everybody = list(account.users.order_by("display_name", "email"))
    context = {
        "form": form or InviteForm(account),
        "fresh": fresh,
        "problem": problem,
        "active": [person for person in everybody if person.is_active],
        "inactive": [person for person in everybody if not person.is_active],
        "invitations": Invitation.objects.pending(account),
        "roles": A_ROLE,
    }
    return render(request, "accounts/people.html", context, status=status)
