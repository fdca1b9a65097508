"""Playbooks for the tests of FlowPilot."""

from typing import Any

from flowpilot.models import Playbook

WORDS: dict[str, Any] = {
    "area": "Windows",
    "symptoms": [],
    "description": "It helps.\n\n1. Do it.",
    "verification_hint": "It works.",
}


def make_playbook(slug: str, title: str, fix_title: str, *symptoms: str, **fields: Any) -> Playbook:
    fields = WORDS | {"slug": slug, "title": title, "fix_title": fix_title, "symptoms": list(symptoms)} | fields
    return Playbook.objects.create(**fields)
