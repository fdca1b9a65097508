"""What an escalation package should say, and what it lacks."""

from dataclasses import dataclass

from tickets.bundle import Bundle


@dataclass(frozen=True)
class Gap:
    """`key`: as handoffs store it and forms name its field; `asks`: what to write there."""

    key: str
    label: str
    asks: str


GAPS = (
    Gap("tried", "What was tried", ""),
    Gap("waited_on", "What is waited on", ""),
    Gap("impact", "Impact", "Who can’t work, and since when?"),
    Gap("access", "Access", "How to get in: jump host, which account, whom to call"),
)


def gaps_of(bundle: Bundle) -> tuple[str, ...]:
    """Return the keys of what the package lacks."""
    lacks = {
        "tried": not bundle.attempts,
        "waited_on": False,
        "impact": not bundle.inputs.impact,
        "access": not bundle.inputs.access,
    }
    return tuple(key for key, is_missing in lacks.items() if is_missing)
