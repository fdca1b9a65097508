from django.contrib.auth.views import LogoutView, PasswordResetDoneView
from django.urls import path

from accounts.views import devices, invitations, people, profile, tokens
from accounts.views.passwords import ForgottenView, NewPasswordView, PasswordView
from accounts.views.sign_in import SignInView

SENT = "accounts/password_sent.html"

urlpatterns = [
    path("sign-in/", SignInView.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("password/", PasswordView.as_view(), name="password-change"),
    path("password/forgotten/", ForgottenView.as_view(), name="password-forgotten"),
    path("password/sent/", PasswordResetDoneView.as_view(template_name=SENT), name="password-sent"),
    path("password/new/<uidb64>/<token>/", NewPasswordView.as_view(), name="password-new"),
    path("profile/", profile.profile, name="profile"),
    path("profile/theme", profile.theme, name="theme"),
    path("devices/", devices.device_list, name="devices"),
    path("devices/sign-out/", devices.sign_out, name="device-sign-out"),
    path("tokens/", tokens.token_list, name="tokens"),
    path("tokens/<uuid:tid>/revoke/", tokens.revoke, name="token-revoke"),
    path("people/", people.people_list, name="people"),
    path("people/<uuid:uid>/role/", people.role, name="person-role"),
    path("people/<uuid:uid>/deactivate/", people.deactivate, name="person-deactivate"),
    path("people/<uuid:uid>/reactivate/", people.reactivate, name="person-reactivate"),
    path("people/invitations/<uuid:iid>/renew/", people.renew, name="invitation-renew"),
    path("people/invitations/<uuid:iid>/revoke/", people.revoke, name="invitation-revoke"),
    path("invitations/<str:secret>/", invitations.invitation, name="invitation"),
]
