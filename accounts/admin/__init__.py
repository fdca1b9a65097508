"""Accounts, people and tokens in the admin (docs/admin.md)."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin  # registers groups, which this product doesn't use
from django.contrib.auth.models import Group

from accounts.admin.accounts import AccountAdmin
from accounts.admin.people import UserAdmin
from accounts.admin.tokens import ApiTokenAdmin

__all__ = ["AccountAdmin", "ApiTokenAdmin", "UserAdmin"]

assert isinstance(admin.site.get_model_admin(Group), GroupAdmin)
admin.site.unregister(Group)
