"""Acts on a handoff: claim it, take it back, ask its originator, return it, rate its package (docs/handoffs.md)."""

from tickets.handoffs.acts import ask, claim, end_with_session, give_back, take_back
from tickets.handoffs.rating import rate
from tickets.handoffs.writer import Handoffs

__all__ = ["Handoffs", "ask", "claim", "end_with_session", "give_back", "rate", "take_back"]
