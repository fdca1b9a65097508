from django.apps import AppConfig


class FlowPilotConfig(AppConfig):
    name = "flowpilot"
    verbose_name = "FlowPilot"

    def ready(self) -> None:
        from flowpilot.copilot import FlowPilot
        from sessions import copilot

        copilot.register(FlowPilot())
