from django.apps import AppConfig


class FixesConfig(AppConfig):
    name = "fixes"
    verbose_name = "Suggested fixes"
