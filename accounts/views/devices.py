"""Where a person is signed in, and signing out there."""

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts import devices, people
from accounts.guards import signed_in_only
from accounts.models import Device
from accounts.requests import SignedInRequest
from common.redirects import see_other

GONE = "That browser was signed out already."


@signed_in_only
@require_safe
def device_list(request: SignedInRequest) -> HttpResponse:
    here = request.session.session_key
    shown = [
        {"device": each, "words": devices.in_words(each.user_agent), "is_this": each.session_key == here}
        for each in Device.objects.of(request.user)
    ]
    shown.sort(key=lambda each: not each["is_this"])
    return render(request, "accounts/devices.html", {"devices": shown})


@signed_in_only
@require_POST
def sign_out(request: SignedInRequest) -> HttpResponse:
    """Of one device by its handle, of all but this one (`others`), or of all (`everywhere`)."""
    which = request.POST.get("device", "")
    if which == "everywhere":
        return _everywhere(request)
    if which == "others":
        ended = people.sign_out(request.user, but=request.session.session_key)
        messages.success(request, "Signed out everywhere else." if ended else "You were signed in nowhere else.")
        return see_other("devices")
    device = next((each for each in Device.objects.of(request.user) if each.handle == which), None)
    if device is None:
        messages.info(request, GONE)
        return see_other("devices")
    if device.session_key == request.session.session_key:
        auth.logout(request)
        return see_other("sign-in")
    device.delete()
    messages.success(request, f"{devices.in_words(device.user_agent)} was signed out.")
    return see_other("devices")


def _everywhere(request: SignedInRequest) -> HttpResponse:
    person = request.user
    auth.logout(request)
    people.sign_out(person)
    messages.success(request, "You were signed out everywhere.")
    return see_other("sign-in")
