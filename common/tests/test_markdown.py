"""Markdown as it is shown: what becomes of it, and what never gets through."""

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common import markdown
from common.markdown import render
from tests.markup import parse

TAGS = {
    *{"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"},
    *{"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"},
}
ATTRIBUTES = {"href", "title", "start", "tabindex", "align", "rel"}
PIECES = [
    "<script>",
    "</p>",
    "<img src=x onerror=alert(1)>",
    "[a](",
    "javascript:",
    ")",
    "`",
    "```\n",
    "|",
    "\n",
    "#",
    "<",
    "&#106;",
]


@pytest.mark.parametrize(
    "source",
    [
        "`Get-ADUser -Filter * ``",
        '"one`ntwo`tthree`n"',
        '"say `"$name`" twice"',
        "Get-Mailbox `",
        "Write-Host `$a and `$b",
        "```\nnever closed *x*",
        "~~~\nx\n~~~",
        "->x<- and <b>bold</b> and <https://example.com>",
        ">> Get-Process",
        ">no quote",
        "|a|b|\n|-|-|\n|1|2|3|",
        "|a|b|\n|-|-|\n|1\\|2|3|",
        "array[0](x) and [x](javascript:alert(1)) and [log](C:\\temp\\x) and [y](/sessions/)",
        "[x](https://example.com 'Title')",
        "    indented(4)",
        r"\\SRV01\share$\*.log fails",
        r"C:\Users\_svc_backup_\x and NORTHWIND\!admin",
        "a*b*c, **all** of them, ~~x~~",
        "# not a heading",
        "Not one\n===",
        "1) first\n- second\n* third",
        "---",
        "[x]: y",
        "fish &amp; chips",
    ],
)
def test_what_people_type_stays_whole(source: str) -> None:
    assert words_of(render(source, typed=True)) == source.strip()


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("```ps1\nx *y*\n```\nz", '<pre tabindex="0"><code>x *y*\n</code></pre>\n<p>z</p>'),
        ("run `ipconfig /all`.", "<p>run <code>ipconfig /all</code>.</p>"),
        ("> it *failed*\nnow it works", "<blockquote>\n<p>it *failed*</p>\n</blockquote>\n<p>now it works</p>"),
        ("> > twice", "<blockquote>\n<p>&gt; twice</p>\n</blockquote>"),
    ],
)
def test_people_quote_code_and_each_other(source: str, markup: str) -> None:
    assert render(source, typed=True).strip() == markup


def test_people_paste_tables() -> None:
    cells = [cell.text for cell in parse(render("|a|b|\n|-|-|\n|1|\n|3|`4`|", typed=True)).iter("td")]
    assert cells == ["1", None, "3", None]


def test_an_address_behind_other_words_is_shown() -> None:
    typed = render("[northwind.example](https://evil.example/a_(b)) or [write](mailto:a@b.example)", typed=True)
    links = [(link.text, link.get("href")) for link in parse(typed).iter("a")]
    assert links == [("northwind.example", "https://evil.example/a_(b)"), ("write", "mailto:a@b.example")]
    assert words_of(typed) == "northwind.example (https://evil.example/a_(b)) or write (mailto:a@b.example)"
    assert words_of(render("[https://a.example](https://a.example)", typed=True)) == "https://a.example"


def words_of(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup)).strip()


MARKS = re.compile(r"[\s`>|:\[\]()-]")
"""What may be markup, and white space."""


@settings(deadline=None, max_examples=300)
@given(
    st.text(alphabet="ab \n`~*_<>\\#|-:[]()!&;\"'1.", max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
)
def test_nothing_but_marks_of_markup_ever_vanishes(source: str) -> None:
    assert MARKS.sub("", words_of(render(source, typed=True))) == MARKS.sub("", source)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ab \n~*_<\\#!&;\"'1.-=+/@", max_size=60))
def test_asterisks_underscores_angle_brackets_and_backslashes_stay(source: str) -> None:
    assert words_of(render(source, typed=True)).split() == source.split()


def test_a_message_is_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def html_of(text: str, *, typed: bool) -> str:
        rendered.append(text)
        return text

    monkeypatch.setattr(markdown, "_html", html_of)
    for typed in (True, False, True, False):
        assert render("rendered once for each kind", typed=typed) == "rendered once for each kind"
    assert len(rendered) == 2


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "It **works** *now*, ~~not~~ `cmd`",
            "<p>It <strong>works</strong> <em>now</em>, <s>not</s> <code>cmd</code></p>",
        ),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("# Big\n###### Small", "<h3>Big</h3>\n<h6>Small</h6>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("```ps1\nGet-Service <x>\n```", '<pre tabindex="0"><code>Get-Service &lt;x&gt;\n</code></pre>'),
        (
            "[docs](https://example.com)",
            '<p><a href="https://example.com" rel="noopener noreferrer nofollow">docs</a></p>',
        ),
        (
            "|a|b|\n|-|-|\n|1|2|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n"
            "</tbody>\n</table>",
        ),
        ("", ""),
    ],
)
def test_markdown_is_shown_as_it_is_meant(source: str, shown: str) -> None:
    assert render(source).strip() == shown


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<style>*{display:none}</style>",
        "<svg/onload=alert(1)>",
        "</p></div></li></ol><form action=https://evil.example><input name=password>",
        "`</code><script>alert(1)</script>`",
        "```\n</code></pre><script>alert(1)</script>\n```",
    ],
)
def test_html_is_shown_as_text(source: str) -> None:
    tree = parse(render(source))
    assert {element.tag for element in tree.iter()} <= {"root", "p", "code", "pre"}


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ssh://host",
    ],
)
def test_links_open_web_and_mail_only(target: str) -> None:
    for source in (f"[x]({target})", f"<{target}>", f"[x][1]\n\n[1]: {target}"):
        links = [element.get("href", "") for element in parse(render(source)).iter("a")]
        assert links in ([], [""])


def test_a_link_leads_away_without_telling_where_from() -> None:
    link = next(parse(render("[x](https://example.com 'Title')")).iter("a"))
    assert link.attrib == {"href": "https://example.com", "title": "Title", "rel": "noopener noreferrer nofollow"}


@pytest.mark.parametrize("source", ["![x](https://evil.example/p.png)", "![x][1]\n\n[1]: https://evil.example/p.png"])
def test_pictures_are_left_out(source: str) -> None:
    assert "evil.example" not in render(source)


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
@pytest.mark.parametrize("typed", [False, True])
def test_nothing_but_the_known_gets_through(typed: bool, source: str) -> None:
    tree = parse(render(source, typed=typed))
    assert {element.tag for element in tree.iter()} - {"root"} <= TAGS
    assert {name for element in tree.iter() for name in element.attrib} <= ATTRIBUTES
    schemes = {link.get("href", "").partition(":")[0].lower() for link in tree.iter("a") if ":" in link.get("href", "")}
    assert "javascript" not in schemes


@pytest.mark.parametrize("typed", [False, True])
@pytest.mark.parametrize(
    "source",
    [
        "|a|b|\n|-|-|\n" * 4_000 + "|1|2|3|",
        "```a\n" * 10_000,
        "`a " * 15_000,
        "[a](https://a(" * 3_000,
        *["[" * 20_000, "> " * 5_000, "`" * 50_000, "**a " * 10_000, "<" * 50_000],
    ],
)
def test_even_the_longest_mischief_is_rendered_soon(source: str, typed: bool) -> None:
    begun = time.process_time()
    assert render(source, typed=typed)
    assert time.process_time() - begun < 5
