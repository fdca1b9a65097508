from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "Tickets"

    def ready(self) -> None:
        from fixes.banner import next_steps as steps_of_banners
        from sessions import extensions, notices
        from tickets.next_steps import next_steps
        from tickets.notice_kinds import KINDS
        from tickets.session_page import EXTENSION

        extensions.register(EXTENSION)
        steps_of_banners.register(next_steps)
        for kind in KINDS:
            notices.register(kind)
