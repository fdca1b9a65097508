from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "Tickets"

    def ready(self) -> None:
        from sessions import extensions
        from tickets.session_page import EXTENSION

        extensions.register(EXTENSION)
