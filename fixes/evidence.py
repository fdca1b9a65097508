"""What came of the same fix before, in the same account: the banner's "worked here 7 of 8 times"."""

from dataclasses import dataclass

from django.db.models import Count, Q

from fixes.models import SuggestedFix
from fixes.transitions import Status

MOST_DRAWN = 12


@dataclass(frozen=True)
class Evidence:
    worked: int
    tried: int

    @property
    def words(self) -> str:
        return f"Worked here {self.worked} of {self.tried} times" if self.tried > 1 else self._once()

    def _once(self) -> str:
        return (
            "Worked the only time it was tried here" if self.worked else "Didn’t work the only time it was tried here"
        )


def evidence_for(fix: SuggestedFix) -> Evidence | None:
    """Verdicts on other fixes of the account with the same script template, or else the same title."""
    same = Q(script_template=fix.script_template_id) if fix.script_template_id else Q(title=fix.title)
    others = SuggestedFix.objects.filter(
        same, account_id=fix.account_id, status__in=["applied_success", "applied_failed"]
    ).exclude(pk=fix.pk)
    counted = others.aggregate(tried=Count("*"), worked=Count("pk", filter=Q(status=Status.SUCCESS)))
    return Evidence(counted["worked"], counted["tried"]) if counted["tried"] else None
