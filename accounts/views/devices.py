"""The browsers that a person is signed in with, and signing out of them."""

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import devices, people
from accounts.guards import signed_in_only
from accounts.models import Device
from accounts.requests import SignedInRequest
from common.http_methods import post_only
from common.redirects import see_other

ALREADY = "That browser was already signed out."


@signed_in_only
@require_safe
def device_list(request: SignedInRequest) -> HttpResponse:
    here = request.session.session_key
    shown = [
        {"device": each, "name": devices.browser_name(each.user_agent), "is_this": each.session_key == here}
        for each in Device.objects.active(request.user)
    ]
    shown.sort(key=lambda each: not each["is_this"])
    return render(request, "accounts/devices.html", {"devices": shown})


@signed_in_only
@post_only
def sign_out(request: SignedInRequest) -> HttpResponse:
    """Sign out of one device by its handle, of all `others`, or `everywhere`."""
    which = request.POST.get("device", "")
    if which == "everywhere":
        return _everywhere(request)
    if which == "others":
        ended = people.sign_out(request.user, keep=request.session.session_key)
        messages.success(request, "Signed out everywhere else." if ended else "You weren’t signed in anywhere else.")
        return see_other("devices")
    device = next((each for each in Device.objects.active(request.user) if each.handle == which), None)
    if device is None:
        messages.info(request, ALREADY)
        return see_other("devices")
    if device.session_key == request.session.session_key:
        auth.logout(request)
        return see_other("sign-in")
    device.delete()
    messages.success(request, f"{devices.browser_name(device.user_agent)} was signed out.")
    return see_other("devices")


def _everywhere(request: SignedInRequest) -> HttpResponse:
    person = request.user
    auth.logout(request)
    people.sign_out(person)
    messages.success(request, "You were signed out everywhere.")
    return see_other("sign-in")
