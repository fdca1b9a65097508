"""How tests open the banner and press its buttons, over HTTP: as htmx does, and as a plain form does."""

import json
from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client

from fixes.models import SuggestedFix
from tests.markup import by_id, described, find, read, text

HTMX = {"HX-Request": "true"}
EDGES = ["htmx", "plain form"]


def page_url(fix: SuggestedFix) -> str:
    return f"/sessions/{fix.session_id}/"


def act_url(fix: SuggestedFix, act: str) -> str:
    return f"/sessions/{fix.session_id}/fixes/{fix.pk}/{act}"


def banner_of(client: Client, fix: SuggestedFix, query: str = "") -> Element:
    """The fragment's root element."""
    answer = client.get(f"{act_url(fix, 'banner')}{query}", headers=HTMX)
    assert answer.status_code == 200
    return find(read(answer), "./section")


def send(client: Client, fix: SuggestedFix, act: str, *, edge: str = "htmx", **fields: Any) -> HttpResponse:
    """Send an act's form as drawn from `fix` as it was when fetched; `version` overrides."""
    headers = HTMX if edge == "htmx" else {}
    return client.post(act_url(fix, act), {"version": fix.version, **fields}, headers=headers)


def record(client: Client, fix: SuggestedFix, outcome: str, *, edge: str = "htmx", **fields: Any) -> HttpResponse:
    """Send the form that opens in the banner for this outcome."""
    return send(client, fix, "record", edge=edge, outcome=outcome, form=outcome, **fields)


def triggers(answer: HttpResponse) -> dict[str, str | None]:
    """Event → what it tells the page's scripts."""
    return {name: detail.get("value") for name, detail in json.loads(answer["HX-Trigger"]).items()}


def labels(element: Element) -> list[str]:
    """What the buttons and links below it say."""
    return [text(each) for each in element.iter() if each.tag in {"button", "a"}]


def value_of(field: Element) -> str:
    """What stands in a textarea: browsers drop the line end that it begins with."""
    return (field.text or "").removeprefix("\n")


def assert_refused(answer: HttpResponse, status: int, edge: str) -> Element:
    """The tree of a refusal: a fragment for htmx, the whole page otherwise, with this status either way."""
    assert answer.status_code == status
    tree = read(answer)
    assert (tree.find("html") is None) == (edge == "htmx")
    return by_id(tree, "fix-banner")


def error_at(banner: Element, field: str) -> str:
    """What is said of the open form's field; it is marked as wrong, and tied to the words by its description."""
    place = find(banner, f".//form[@class='stack']//*[@name='{field}']")
    assert place.get("aria-invalid") == "true"
    return described(banner, place)
