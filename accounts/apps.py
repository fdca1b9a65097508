from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts and people"

    def ready(self) -> None:
        from accounts.devices import remember_browser

        user_logged_in.connect(remember_browser, dispatch_uid="accounts.devices")
