"""Sign-in: Django’s view with our form, page and words."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import views
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.forms.sign_in import SignInForm
from accounts.models import User


class SignInView(views.LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Never back to this page, nor out again: whoever is signed in would be led in a circle, or to nothing."""
        wanted = super().get_success_url()
        if not self._has_account() and not wanted.startswith(reverse("admin:index")):
            return reverse("admin:index")  # nothing else is theirs
        ends = {self.request.path, reverse("sign-out")}
        return self.get_default_redirect_url() if urlsplit(wanted).path in ends else wanted

    def _has_account(self) -> bool:
        return not isinstance(self.request.user, User) or self.request.user.account_id is not None

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        point_at_first_error(form)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(signed_out="signed_out" in self.request.GET, **kwargs)


def point_at_first_error(form: BaseForm) -> None:
    """Put the cursor where something has to be mended."""
    for name, field in form.fields.items():
        field.widget.attrs["autofocus"] = name == next(iter(form.errors), None)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """What somebody sees who has tried too often; django-axes asks for it."""
    wait = settings.AXES_COOLOFF_TIME
    context = {"tries": settings.AXES_FAILURE_LIMIT, "minutes": int(wait.total_seconds() // 60)}
    answer = render(request, "accounts/locked_out.html", context, status=429)
    answer["Retry-After"] = str(int(wait.total_seconds()))
    return answer
