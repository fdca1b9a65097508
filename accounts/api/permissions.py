"""Who can call the API: members of an account; viewers and read-only tokens can only read (docs/api.md)."""

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken, User

NO_ACCOUNT = "This sign-in belongs to no account, so it can’t read or change any session here."
VIEWER = "You have read-only access: your role is viewer. Ask an admin on your team."
READ_ONLY = "This token is read-only. Use another one to make changes."


class AccountMember(BasePermission):
    message: str | None = None

    def has_permission(self, request: Request, view: object) -> bool:
        if not isinstance(request.user, User):
            return False
        self.message = _reason_to_refuse(request.user, request.auth, reads=request.method in SAFE_METHODS)
        return self.message is None


def _reason_to_refuse(user: User, token: object, *, reads: bool) -> str | None:
    if user.account_id is None:
        return NO_ACCOUNT
    if reads:
        return None
    if not user.can_work:
        return VIEWER
    return READ_ONLY if isinstance(token, ApiToken) and token.read_only else None
