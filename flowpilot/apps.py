from django.apps import AppConfig


class FlowPilotConfig(AppConfig):
    name = "flowpilot"
    verbose_name = "FlowPilot"

    def ready(self) -> None:
        from flowpilot.copilot import FlowPilot
        from flowpilot.session_page import EXTENSION
        from sessions import copilot, extensions

        copilot.register(FlowPilot())
        extensions.register(EXTENSION)
