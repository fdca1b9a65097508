"""Finds fixes by their title and by the words of their session, both through an index (docs/domain.md §6)."""

from uuid import UUID

from fixes.lifecycle import Fixes
from sessions.models import AISession
from sessions.search import search_query, searched_words


def matching(fixes: Fixes, words: str, *, at_most: int | None) -> Fixes:
    """Those with every word in their title or every word in their session, or with this id, or of the session with it.

    `at_most`: so many by either way, any of them; so the commonest word costs no more than a rare one. None: all.
    """
    if id_ := _id(words):
        return fixes.filter(pk=id_) | fixes.filter(session=id_)
    query = search_query(words)
    if query is None:
        return fixes
    plain = fixes.select_related(None).order_by()
    sessions = AISession.objects.annotate(words=searched_words()).filter(words=query)
    ways = (
        plain.annotate(words=searched_words(["title"])).filter(words=query),
        plain.filter(session__in=sessions.values("pk")),
    )
    by_title, by_session = (way.values("pk")[:at_most] for way in ways)
    return fixes.filter(pk__in=by_title.union(by_session))


def _id(words: str) -> UUID | None:
    try:
        return UUID(words.strip())
    except ValueError:
        return None
