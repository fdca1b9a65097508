"""Joining an account by the link of an invitation."""

from django.contrib import auth, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.forms.people import JoinForm
from accounts.models import Invitation, User
from accounts.views.secrets import protect_secret
from accounts.views.sign_in import point_at_first_error
from common.error_pages import error_response
from common.redirects import see_other

UNKNOWN = ["Perhaps a part of the link is missing: copy all of it from the mail, or ask whoever invited you."]
BACKEND = "accounts.backends.EmailBackend"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking at it uses nothing up: mail scanners look, too."""
    return protect_secret(_answer(request, Invitation.objects.of_link(secret)))


def _answer(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    if found is None:
        return error_response(request, 404, "There is no such invitation", UNKNOWN)
    try:
        invitations.refuse_dead(found)
        if request.user.is_authenticated:
            return render(request, "accounts/signed_in_already.html", {"invitation": found}, status=409)
        return _form(request, found)
    except invitations.NoLonger as refusal:
        return error_response(request, 410, "This invitation works no more", [str(refusal)])


def _form(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        person = _person(form)
        try:
            invitations.accept(found, person)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            auth.login(request, person, BACKEND)
            messages.success(request, f"Welcome to {found.account}, {person}.")
            return see_other("session-list")
    point_at_first_error(form)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invitation.html", {"form": form, "invitation": found}, status=status)


def _person(form: JoinForm) -> User:
    person: User = form.user
    person.time_zone = form.cleaned_data["time_zone"]
    person.set_password(form.cleaned_data["new_password1"])
    return person
