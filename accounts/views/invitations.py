"""Join an account by the link of an invitation."""

from django.contrib import auth, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.forms.people import JoinForm
from accounts.models import Invitation, User
from accounts.views.secrets import protect_secret
from accounts.views.sign_in import focus_first_error
from common.error_pages import HOME, WayOn, error_response
from common.redirects import see_other

UNKNOWN = ["Part of the link may be missing. Copy all of it from the email, or ask the person who invited you."]
BACKEND = "accounts.backends.EmailBackend"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the form to join, or take it. Opening the page uses up nothing: mail scanners open it too."""
    return protect_secret(_respond(request, Invitation.objects.by_secret(secret)))


def _respond(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    if found is None:
        return error_response(request, 404, "Invitation not found", UNKNOWN, way_on=_way_on(request))
    try:
        invitations.check_valid(found)
        if request.user.is_authenticated:
            return render(request, "accounts/signed_in_already.html", {"invitation": found}, status=409)
        return _form(request, found)
    except invitations.InvitationInvalid as reason:
        title = "This invitation is no longer valid"
        return error_response(request, 410, title, [str(reason)], way_on=_way_on(request))


def _way_on(request: HttpRequest) -> WayOn:
    return HOME if request.user.is_authenticated else WayOn("Sign in", reverse("sign-in"))


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
    focus_first_error(form)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invitation.html", {"form": form, "invitation": found}, status=status)


def _person(form: JoinForm) -> User:
    person: User = form.user
    person.time_zone = form.cleaned_data["time_zone"]
    person.set_password(form.cleaned_data["new_password1"])
    return person
