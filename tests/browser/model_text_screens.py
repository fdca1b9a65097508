"""Screens of a text that a model writes: while it does, when it failed, and with a sentence that isn't posted.

The model is set only while a page is loaded: other screens have none.
"""

from django.test import override_settings
from playwright.sync_api import Page, expect

from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.browser.sample_company import A_LOT, RIGHT_TO_LEFT, UNBROKEN, SampleCompany
from tickets import model_texts
from tickets.bundle import ClosingInput
from tickets.models import Preview
from tickets.tests.model_texts import ask
from tickets.writing.slots import Slots, SlotSentence

MODEL = "kestrel-" * 12
WAITS = ClosingInput(fix_outcome=Status.PENDING)

with_model = override_settings(FLOWPILOT_URL="http://127.0.0.1:9/v1", FLOWPILOT_MODEL=MODEL)


def claimed(company: SampleCompany) -> Preview:
    """A text that a worker writes, of a session whose fix waits."""
    fix = make_fix(company.session(), Status.PENDING, title=UNBROKEN)
    text = ask(AISession.objects.get(pk=fix.session_id), user=company.engineer, inputs=WAITS)
    preview = model_texts.claim(text.pk, "job")
    assert preview
    return preview


@with_model
def writing(page: Page, company: SampleCompany) -> None:
    page.route("**/resolve/preview/", lambda route: route.fulfill(status=204))  # nothing has changed
    page.goto(f"/sessions/{claimed(company).session_id}/resolve/")
    expect(page.get_by_text("is writing…")).to_be_visible()


@with_model
def failed(page: Page, company: SampleCompany) -> None:
    text = claimed(company)
    model_texts.fail(text, f"The model’s server refused three times. {UNBROKEN}")
    page.goto(f"/sessions/{text.session_id}/resolve/")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


@with_model
def with_a_refused_sentence(page: Page, company: SampleCompany) -> None:
    text = claimed(company)
    cites = ("session:title",)
    lies = [f"It is solved, {UNBROKEN}.", RIGHT_TO_LEFT, f"It is fixed. {A_LOT[:400]}"]
    sentences = tuple(SlotSentence(each, cites) for each in (text.session.title, *lies))
    model_texts.finish(text, Slots(MODEL, {"problem": sentences, "confirmed": sentences[1:]}))
    page.goto(f"/sessions/{text.session_id}/resolve/")
    expect(page.get_by_text("Not posted:").first).to_be_attached()
    expect(page.get_by_text("Checked")).to_be_visible()
