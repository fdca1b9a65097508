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
MODULES = [str(path.relative_to(STATIC)) for path in STATIC.rglob("js/*/*.js")]


def test_every_icon_that_a_page_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {name for page in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', page.read_text())}
    assert named - drawn == set()


def test_styles_and_scripts_of_every_page_stay_below_60_kb_compressed() -> None:
    """A session page loads no others (tests/test_page_assets.py); modules that scripts import are counted, too."""
    pages = "".join((TEMPLATES / name).read_text() for name in ("base.html", "_head.html"))
    names = {*re.findall(r"{% asset '([^']+\.(?:css|js))' %}", pages), *MODULES}
    assert {"css/session.css", "js/requests.js", "django_htmx/htmx-2.min.js"} <= names
    files = [Path(str(finders.find(name))) for name in sorted(names)]
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


def test_small_files_are_compressed_by_brotli_and_all_by_gzip(tmp_path: Path) -> None:
    small, large = tmp_path / "small.css", tmp_path / "large.js"
    small.write_bytes((STATIC / "css" / "session.css").read_bytes())
    large.write_text("let i = 0;\n" * 6_000)
    compressor = HashedStaticFiles(location=tmp_path).create_compressor(quiet=True)
    made = [Path(each).name for file in (small, large) for each in compressor.compress(str(file))]
    assert made == ["small.css.br", "small.css.gz", "large.js.gz"]
    assert (tmp_path / "small.css.br").stat().st_size < 0.9 * (tmp_path / "small.css.gz").stat().st_size


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
