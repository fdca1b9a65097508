"""How tests open the pages that close a session, and send their forms as a browser does."""

import html
from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client

from sessions.models import AISession
from tests.markup import read

HTMX = {"HX-Request": "true"}


def address(session: AISession, act: str = "resolve", part: str = "") -> str:
    return f"/sessions/{session.pk}/{act}/{part}"


def opened(client: Client, session: AISession, act: str = "resolve", query: str = "") -> HttpResponse:
    answer = client.get(address(session, act) + query)
    assert answer.status_code == 200, answer.status_code
    return answer


def fields_of(tree: Element) -> dict[str, str]:
    """Return what the page's form would send: fields with their values, and the choice that is made of several."""
    form = next(each for each in tree.iter("form") if each.get("id") == "closing")
    sent = {}
    for each in form.iter():
        name = each.get("name")
        if not name or each.tag == "button":
            continue
        if each.tag == "textarea":
            sent[name] = (each.text or "").removeprefix("\n")
        elif each.tag == "select":
            options = list(each.iter("option"))
            chosen = next((option for option in options if option.get("selected") is not None), options[0])
            sent[name] = chosen.get("value") or ""
        elif each.get("type") not in {"radio", "checkbox"} or each.get("checked") is not None:
            sent[name] = each.get("value") or ""
    return sent


def form_of(client: Client, session: AISession, act: str = "resolve", query: str = "") -> dict[str, str]:
    return fields_of(read(opened(client, session, act, query)))


def send(
    client: Client, session: AISession, fields: dict[str, Any], act: str = "resolve", part: str = "", **options: Any
) -> HttpResponse:
    return client.post(address(session, act, part), fields, **options)


def words(answer: HttpResponse) -> str:
    """Return the response's text with its entities as characters."""
    return html.unescape(answer.content.decode())
