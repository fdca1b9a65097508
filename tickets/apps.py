from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "Tickets"

    def ready(self) -> None:
        from sessions import extensions, notices
        from tickets.notice_kinds import KINDS
        from tickets.session_page import EXTENSION

        extensions.register(EXTENSION)
        for kind in KINDS:
            notices.register(kind)
