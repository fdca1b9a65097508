"""What the banner offers after an outcome, such as resolving the session. The apps above `fixes` register it."""

from collections.abc import Callable
from dataclasses import dataclass

from fixes.models import SuggestedFix
from sessions.models import AISession


@dataclass(frozen=True)
class NextStep:
    """A link to the page that does it. `is_primary`: the banner's first button."""

    label: str
    icon: str
    address: str
    is_primary: bool = False


Provider = Callable[[SuggestedFix, AISession], list[NextStep]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    _providers.append(provider)


def next_steps(fix: SuggestedFix, session: AISession) -> list[NextStep]:
    """Return what can be done next, in the order in which it is offered; only a fix with an outcome has any."""
    return [step for provider in _providers for step in provider(fix, session)] if fix.is_terminal else []
