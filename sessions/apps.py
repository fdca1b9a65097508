from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "ai_sessions"  # "sessions" is the label of django.contrib.sessions
    verbose_name = "Troubleshooting sessions"
