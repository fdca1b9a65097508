"""Under which key the browser keeps what is typed into a form until it is recorded (static/js/drafts.js)."""

from uuid import UUID

from accounts.models import User


def draft_key(user: User, fix_id: UUID, form: str) -> str:
    """Return the key of a fix's form. It names the person, so that nobody reads another's drafts at the same desk."""
    return f"{user.pk}:{fix_id}:{form}"
