from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class OurAdminConfig(AdminConfig):
    default_site = "resolutionflow.admin.site.Site"

    def ready(self) -> None:
        """Register each app's models, but not the queue: its pages belong to no account, and break our CSP."""
        super().ready()
        from procrastinate.contrib.django.models import ProcrastinateJob

        admin.site.unregister(ProcrastinateJob)
