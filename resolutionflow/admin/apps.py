from django.contrib.admin.apps import AdminConfig


class OurAdminConfig(AdminConfig):
    default_site = "resolutionflow.admin.site.Site"
