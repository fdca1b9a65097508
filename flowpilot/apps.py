from django.apps import AppConfig


class FlowPilotConfig(AppConfig):
    name = "flowpilot"
    verbose_name = "FlowPilot"

    def ready(self) -> None:
        from flowpilot.copilot import FlowPilot
        from flowpilot.notice_kinds import ANSWER_FAILED
        from flowpilot.session_page import EXTENSION
        from sessions import copilot, extensions, notices

        copilot.register(FlowPilot())
        extensions.register(EXTENSION)
        notices.register(ANSWER_FAILED)
