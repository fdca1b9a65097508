from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "ai_sessions"  # "sessions" is the label of django.contrib.sessions
    verbose_name = "Troubleshooting sessions"

    def ready(self) -> None:
        from sessions import facts_from_markers, markers

        markers.register("PROMOTE", facts_from_markers.promote, each=True)
