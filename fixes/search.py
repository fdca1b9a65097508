"""Finds fixes by their title and by the words of their session, both through an index (docs/domain.md §6)."""

from common.ids import uuid_or_none
from common.search import found
from common.text import is_visible
from fixes.lifecycle import Fixes
from sessions.models import AISession


def matching(fixes: Fixes, typed: str, *, at_most: int | None) -> Fixes:
    """Return the fixes with every word of `typed` in their title or in their session, or with this id or session's id.

    `at_most`: how many are looked up by title and by session, so that the commonest word costs no more than a rare
    one; None for all of them.
    """
    if not is_visible(typed):
        return fixes
    if id_ := uuid_or_none(typed.strip()):
        return fixes.filter(pk=id_) | fixes.filter(session=id_)
    plain = fixes.select_related(None).order_by()
    sessions = AISession.objects.all().matching(typed)
    by_title, by_session = (
        rows.values("pk")[:at_most]
        for rows in (found(plain, typed, "title"), plain.filter(session__in=sessions.values("pk")))
    )
    return fixes.filter(pk__in=by_title.union(by_session))
