"""The outcomes of the same fix before, in the same account: the banner's "worked here 7 of 8 times"."""

from dataclasses import dataclass

from django.db import connection

from fixes.models import SuggestedFix


@dataclass(frozen=True)
class Evidence:
    worked: int
    tried: int

    @property
    def sentence(self) -> str:
        return f"Worked here {self.worked} of {self.tried} times" if self.tried > 1 else self._once()

    def _once(self) -> str:
        return (
            "Worked the only time it was tried here" if self.worked else "Didn’t work the only time it was tried here"
        )


def evidence_for(fix: SuggestedFix) -> Evidence | None:
    """Count the outcomes of the account's other fixes with the same script template or, without one, the same title."""
    column, value = ("script_template_id", fix.script_template_id) if fix.script_template_id else ("title", fix.title)
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES_OF_THE_SAME[column], [fix.account_id, value, fix.pk])
        worked, tried = cursor.fetchone()
    return Evidence(worked, tried) if tried else None


OUTCOMES_OF_THE_SAME = {
    column: f"""
        SELECT count(*) FILTER (WHERE status = 'applied_success'), count(*) FROM session_suggested_fixes
        WHERE account_id = %s AND {column} = %s AND status IN ('applied_success', 'applied_failed') AND id <> %s
    """  # noqa: S608  the column is one of these two
    for column in ("script_template_id", "title")
}
"""In SQL because every banner that asks runs it: Django takes longer to write it than PostgreSQL to run it."""
