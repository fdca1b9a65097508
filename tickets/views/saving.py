"""Saves the text that a closing page was sent as the session's draft."""

from common.numbers import whole_number
from common.refusals import InvalidInput
from tickets import drafts
from tickets.views.closing_page import ClosingPage, is_same


def save_typed(page: ClosingPage, over: str = "") -> int:
    """Save what was typed, and return the response's status. A text as it was written is no draft.

    `over`: the version of a colleague's draft that the person replaces knowingly.
    """
    typed = page.typed or ""
    if page.is_unedited or (page.draft is None and is_same(typed, page.markdown)):
        return 200
    version = whole_number(over)
    try:
        draft = drafts.save(
            *(page.session, page.kind, typed),
            user=page.user,
            language=page.language,
            begun=page.begun,
            version=page.draft_version if version is None else version,
        )
    except drafts.DraftChanged as conflict:
        page.draft_conflict = conflict
        return 409
    except InvalidInput as invalid:
        page.form.is_valid()
        page.form.add_refusals(invalid)
        return 422
    page.typed = None
    page.take(draft)
    return 200


def save_unposted(page: ClosingPage) -> None:
    """Save an edited text that wasn't posted; where a colleague saved another one, the page says so."""
    if page.is_editing and page.typed is not None and not page.errors["text"]:
        save_typed(page)
