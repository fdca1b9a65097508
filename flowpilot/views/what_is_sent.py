"""Shows what a model gets with the next question, and what it got for an answer (docs/copilot.md)."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from flowpilot import budgets, prompt, tokens
from flowpilot.masking import masks_in
from flowpilot.models import Answer
from flowpilot.prompt import Contents
from sessions.models import AISession
from sessions.views.page import session_of


@dataclass(frozen=True)
class Sent:
    """One request, as it is or was sent. `contents` is None for one of the past, which kept only its text."""

    messages: list[dict[str, str]]
    model: str
    tokens: int
    contents: Contents | None = None

    @property
    def summary(self) -> list[str]:
        """How much it is: "5 messages, 2 older left out", "about 1,900 tokens"."""
        if self.contents is None:
            return [_counted(self.tokens, "token")]
        has = self.contents
        left_out = f", {has.left_out:,} older left out" if has.left_out else ""
        parts = [_counted(has.facts, "fact"), _counted(has.fixes, "fix", "fixes"), _counted(has.scripts, "script")]
        return [_counted(has.messages, "message") + left_out, *parts, f"about {_counted(self.tokens, 'token')}"]

    @property
    def masked(self) -> str:
        """Which secrets are masks in it: "2 passwords, 1 key"."""
        found = masks_in("\n".join(message["content"] for message in self.messages))
        return ", ".join(_counted(count, kind.replace("-", " ")) for kind, count in found)


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


@engineers_only
@require_safe
def before(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Show what the next question would send, as the session is now."""
    session = session_of(request, sid)
    if not settings.FLOWPILOT_URL:
        return _page(request, session, sent=None)
    server = urlsplit(settings.FLOWPILOT_URL).netloc
    return _page(request, session, sent=_sent_now(session), today=_today(session), server=server)


@engineers_only
@require_safe
def after(request: MemberRequest, sid: UUID, aid: UUID) -> HttpResponse:
    """Show the latest request for an answer. Those that are too old were deleted."""
    session = session_of(request, sid)
    answer = get_object_or_404(Answer, pk=aid, session=session)
    call = answer.calls.order_by("-created_at", "-id").first()
    sent = Sent(call.request, call.model, call.tokens_in) if call else None
    return _page(request, session, answer=answer, call=call, sent=sent, keep_days=settings.FLOWPILOT_KEEP_DAYS)


def _today(session: AISession) -> str:
    day = budgets.of_day(session)
    limit = f" of {day.limit:,}" if day.limit else ""
    return f"{day.used:,}{limit} tokens of {session.account.name}"


def _sent_now(session: AISession) -> Sent:
    built = prompt.build(session)
    return Sent(built.messages, settings.FLOWPILOT_MODEL, tokens.estimated(built.text), built.contents)


def _page(request: MemberRequest, session: AISession, **context: object) -> HttpResponse:
    return render(request, "flowpilot/what_is_sent.html", {"session": session, **context})
