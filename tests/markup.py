"""Parse HTML strictly: a tag left open, closed twice or in the wrong order, or an id used twice fails the test."""

from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from django.http import HttpResponse

VOID: Final = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        element = self.open[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + data
        else:
            element.text = (element.text or "") + data


def parse(html: str) -> Element:
    """Return the tree, below one root element."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, f"left open: {[element.tag for element in builder.open]}"
    ids = [element.get("id", "") for element in builder.open[0].iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"used twice: {sorted(ids)}"
    return builder.open[0]


def read(response: HttpResponse) -> Element:
    return parse(response.content.decode())


def find(tree: Element, path: str) -> Element:
    """Return the one element at this path (ElementTree's XPath). Fails when there is none, or more than one."""
    found = tree.findall(path)
    assert len(found) == 1, f"{len(found)} elements at {path}"
    return found[0]


def by_id(tree: Element, name: str) -> Element:
    return find(tree, f".//*[@id='{name}']")


def text(element: Element) -> str:
    """Return the element's whole text with white space folded, as a browser shows it."""
    return " ".join("".join(element.itertext()).split())


def described(tree: Element, element: Element) -> str:
    """Return the text of the elements that the field's aria-describedby names, as a screen reader reads it."""
    return " ".join(text(by_id(tree, name)) for name in element.get("aria-describedby", "").split())
