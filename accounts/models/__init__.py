"""Accounts (tenants), their people, where these are signed in, and the API tokens of their scripts."""

from accounts.models.accounts import Account, Language
from accounts.models.devices import Device
from accounts.models.invitations import Invitation
from accounts.models.people import Role, Theme, User, UserManager
from accounts.models.tokens import ApiToken

__all__ = [
    "Account",
    "ApiToken",
    "Device",
    "Invitation",
    "Language",
    "Role",
    "Theme",
    "User",
    "UserManager",
]
