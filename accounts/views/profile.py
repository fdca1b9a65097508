"""The settings of a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.forms.profile import ProfileForm
from accounts.guards import signed_in_only
from accounts.models import Theme, User
from accounts.requests import SignedInRequest
from accounts.views.sign_in import focus_first_error
from common.error_pages import error_response
from common.http_methods import post_only
from common.redirects import see_other


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/profile.html", {"form": ProfileForm(instance=request.user)})
    person = User.objects.select_related("account").get(
        pk=request.user.pk
    )  # the top bar shows the stored name, not a refused one
    form = ProfileForm(request.POST, instance=person)
    if not form.is_valid():
        focus_first_error(form)
        return render(request, "accounts/profile.html", {"form": form}, status=422)
    form.save()
    messages.success(request, "Profile saved.", extra_tags=f"{person.pk}:profile")
    return see_other("profile")


@signed_in_only
@post_only
def theme(request: SignedInRequest) -> HttpResponse:
    """Store the theme. The button in the top bar has switched the page already."""
    if request.POST.get("theme") not in Theme.values:
        return error_response(request, 422, "Unknown theme", ["Choose light, dark or system. Nothing was changed."])
    User.objects.filter(pk=request.user.pk).update(theme=request.POST["theme"])
    return HttpResponse(status=204)
