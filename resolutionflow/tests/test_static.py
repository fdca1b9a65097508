import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"


def test_every_icon_that_a_page_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {name for page in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', page.read_text())}
    assert named - drawn == set()


def test_styles_and_scripts_stay_below_60_kb_compressed() -> None:
    files = [*STATIC.rglob("*.css"), *STATIC.rglob("*.js"), Path(str(finders.find("django_htmx/htmx-2.min.js")))]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 60_000


COLOUR = r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)\("
SIZE = r"\d(rem|px|pt|cm)\b"


def test_only_the_tokens_name_a_colour_or_a_size() -> None:
    """Conditions may: they can't read tokens."""
    named = {
        (file.name, found[0])
        for file in STATIC.rglob("*.css")
        if file.name != "tokens.css"
        for found in re.finditer(f"{COLOUR}|{SIZE}", re.sub(r"@(media|container)[^{]*", "", file.read_text()))
    }
    assert named == set()
