from django.apps import AppConfig


class ResolutionFlowConfig(AppConfig):
    name = "resolutionflow"

    def ready(self) -> None:
        from resolutionflow import checks  # noqa: F401  registers them
