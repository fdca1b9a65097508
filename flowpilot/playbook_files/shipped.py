"""The playbooks that come with the product, which all accounts share."""

from pathlib import Path

from flowpilot.models import Playbook
from flowpilot.playbook_files.digests import digest

SHIPPED = Path(__file__).resolve().parent.parent / "playbooks"


def has_changed() -> bool:
    """Return whether a shipped file is new or changed since the last import. It takes one statement and no parsing."""
    imported = dict(Playbook.objects.filter(account=None).values_list("slug", "digest"))
    return any(imported.get(path.stem) != digest(path.read_bytes()) for path in SHIPPED.glob("*/*.md"))
