"""Text that people wrote, as a model gets it: secrets masked, tags of markers harmless, unable to end the data."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from flowpilot.masking import Masks
from sessions.markers import neutralised

LINE_MOST = 300


class Given:
    """The texts of one session. All of them pass `text` or `line` on their way into a prompt."""

    def __init__(self, session_id: UUID, texts: Iterable[str]) -> None:
        self.masks = Masks(session_id)
        self.masks.learn(texts)
        digest = hmac.new(settings.SECRET_KEY.encode(), b"data" + session_id.bytes, hashlib.sha256).hexdigest()
        self.boundary = f"data-{digest[:8]}"
        """The delimiter of the data: nobody can write it who hasn't seen it, and who has finds it replaced."""

    def text(self, text: str | None, most: int) -> str:
        return cut(neutralised(self.masks.mask(text or "")).replace(self.boundary, "data"), most)

    def line(self, text: str | None, most: int = LINE_MOST) -> str:
        return " ".join(self.text(text, most).split())


def cut(text: str, most: int) -> str:
    """Return the text, or its beginning and its end when it is too long."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end]}\n(… {len(text) - most:,} characters left out …)\n{text[len(text) - end :]}"
