from django.apps import AppConfig
from django.core.checks import Tags, register


class FixesConfig(AppConfig):
    name = "fixes"
    verbose_name = "Fixes and scripts"

    def ready(self) -> None:
        from fixes.checks import history_is_kept

        register(history_is_kept, Tags.database)
