import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from resolutionflow.static_files import HashedStaticFiles

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"


def test_every_icon_that_a_page_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {name for page in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', page.read_text())}
    assert named - drawn == set()


def test_styles_and_scripts_stay_below_60_kb_compressed() -> None:
    files = [*STATIC.rglob("*.css"), *STATIC.rglob("*.js"), Path(str(finders.find("django_htmx/htmx-2.min.js")))]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 60_000


def test_scripts_import_each_other_by_their_hashed_names(tmp_path: Path) -> None:
    storage = HashedStaticFiles(location=tmp_path)
    files = FileSystemStorage(STATIC)
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("js/**/*.js")]
    for name in names:
        storage.save(name, ContentFile((STATIC / name).read_bytes()))
    processed = storage.post_process({name: (files, name) for name in names})
    assert not [outcome for _, _, outcome in processed if isinstance(outcome, Exception)]
    (drafts,) = tmp_path.glob("js/drafts.*.js")
    imported = re.findall(r'^import .* from "\./(.*)";$', drafts.read_text(), re.MULTILINE)
    assert len(imported) == 3
    assert all((tmp_path / "js" / name).exists() and name.count(".") == 2 for name in imported)


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
