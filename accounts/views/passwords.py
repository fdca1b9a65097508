"""Change a password, or choose a new one by a link: Django’s views with our forms and pages."""

import logging
from typing import Any

from axes.utils import reset as forget_failures
from django.contrib import auth, messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.core.mail import get_connection
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy

from accounts import mail, people
from accounts.forms.passwords import FirstPasswordForm, NewPasswordForm
from accounts.forms.reset import ResetForm
from accounts.models import User
from accounts.views.sign_in import focus_first_error
from common.error_pages import WayOn, error_response

CHANGED = "Password changed. You were signed out everywhere else."
RESET = "Password changed, and you were signed out everywhere. Sign in with the new one."
NO_MAIL = [
    "The mail server isn’t responding, so no link was sent. Nothing was changed.",
    "Try again in a few minutes, or ask an admin on your team.",
]
EXPIRED = ["A link expires after 24 hours, and once it was used. Nothing was changed."]

logger = logging.getLogger(__name__)


class PasswordView(views.PasswordChangeView):
    template_name = "accounts/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("password-change")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        answer = super().form_valid(form)
        people.sign_out(form.user, keep=self.request.session.session_key)
        forget_failures(username=form.user.email)
        messages.success(self.request, CHANGED)
        return answer

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        focus_first_error(form)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ForgottenView(views.PasswordResetView):
    """Send a link to a new password. The response is the same whether the address is known or not."""

    template_name = "accounts/forgotten.html"
    email_template_name = "accounts/mail/new_password.txt"
    form_class = ResetForm
    success_url = reverse_lazy("password-sent")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        try:
            with get_connection() as form.connection:  # type: ignore[attr-defined]
                return super().form_valid(form)
        except mail.FAILURES:
            logger.exception("The mail server isn’t responding.")
            return error_response(self.request, 503, "We can’t send email at the moment", NO_MAIL)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        focus_first_error(form)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class NewPasswordView(views.PasswordResetConfirmView):
    """Choose a new password: the page that the link in an email, or of `manage.py create_account`, leads to."""

    template_name = "accounts/new_password.html"
    form_class = FirstPasswordForm
    success_url = reverse_lazy("sign-in")

    def get_user(self, uidb64: str) -> User | None:
        person: User | None = super().get_user(uidb64)
        return person if person and person.is_active else None

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if not self.validlink:
            way_on = WayOn("Get a new link", reverse("password-forgotten"))
            return error_response(self.request, 410, "This link has expired", EXPIRED, way_on=way_on)
        return super().render_to_response(context, **kwargs)

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        answer = super().form_valid(form)
        auth.logout(self.request)
        people.sign_out(form.user)
        forget_failures(username=form.user.email)  # who can read this email needn’t wait until the lock opens
        messages.success(self.request, RESET)
        return answer

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        focus_first_error(form)
        return self.render_to_response(self.get_context_data(form=form), status=422)
