"""Sign-in: Django’s view with our form and pages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts import demo
from accounts.forms.sign_in import SignInForm
from accounts.models import User
from accounts.time_zones import current_name, current_names, place

FRONT_DOORS = {"", "/", "/sessions/", "/admin/"}
"""Addresses that people open in order to sign in: there is no need to tell them to."""

OTHER_ZONE = (
    "Times are shown in the time zone of your account, {}. This browser’s is {}: you can set it in your profile."
)


class SignInView(views.LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Return where to go after sign-in: never to this page or to sign-out, which would lead round in a circle."""
        wanted = super().get_success_url()
        if not self._has_account() and not wanted.startswith(reverse("admin:index")):
            return reverse("admin:index")  # a person without an account can open nothing else
        ends = {self.request.path, reverse("sign-out")}
        return self.get_default_redirect_url() if urlsplit(wanted).path in ends else wanted

    def _has_account(self) -> bool:
        return not isinstance(self.request.user, User) or self.request.user.account_id is not None

    def get_form(self, form_class: Any = None) -> AuthenticationForm:
        form: AuthenticationForm = super().get_form(form_class)
        if not form.is_bound and (chosen := self._chosen_demo_person()):
            form.initial = {"username": chosen.email, "password": demo.PASSWORD}
            form.fields["password"].widget.render_value = True
            del form.fields["username"].widget.attrs["autofocus"]  # the button has it
        return form

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        is_first = form.get_user().last_login is None
        response = super().form_valid(form)
        if is_first:
            self._mention_time_zone(form.get_user())
        return response

    def _mention_time_zone(self, person: User) -> None:
        """Say so if the browser is in another time zone than the one in which the person sees times."""
        zone, shown = current_name(self.request.POST.get("browser_zone", "")), current_name(person.zone.key)
        if zone in current_names() and zone != shown:
            messages.info(self.request, OTHER_ZONE.format(place(shown), place(zone)))

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        focus_first_error(form)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            was_signed_out="signed_out" in self.request.GET,
            is_front_door=self.request.GET.get("next", "") in FRONT_DOORS,
            demo_people=demo.people_to_try(),
            demo_password=demo.PASSWORD,
            chosen=self._chosen_demo_person(),
            **kwargs,
        )

    def _chosen_demo_person(self) -> User | None:
        chosen = self.request.GET.get("demo")
        return next((each for each in demo.people_to_try() if each.email == chosen), None) if chosen else None


def focus_first_error(form: BaseForm) -> None:
    """Put the cursor into the first field that has an error."""
    for name, field in form.fields.items():
        field.widget.attrs["autofocus"] = name == next(iter(form.errors), None)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """Return the page for someone who has tried too many passwords. django-axes calls it."""
    wait = settings.AXES_COOLOFF_TIME
    context = {"attempts": settings.AXES_FAILURE_LIMIT, "minutes": int(wait.total_seconds() // 60)}
    answer = render(request, "accounts/locked_out.html", context, status=429)
    answer["Retry-After"] = str(int(wait.total_seconds()))
    return answer
