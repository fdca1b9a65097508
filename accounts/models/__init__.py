"""Who works here: accounts (tenants), people, where they are signed in, and the tokens of their scripts."""

from accounts.models.accounts import Account, validate_time_zone
from accounts.models.devices import Device
from accounts.models.invitations import Invitation
from accounts.models.people import Role, Theme, User, UserManager
from accounts.models.tokens import ApiToken

__all__ = [
    "Account",
    "ApiToken",
    "Device",
    "Invitation",
    "Role",
    "Theme",
    "User",
    "UserManager",
    "validate_time_zone",
]
