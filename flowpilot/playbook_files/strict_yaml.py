"""Reads YAML with the line of each value, as text, lists and keys only.

Whatever YAML would drop or change silently is refused: keys that occur twice, comments behind a value, tags, anchors.
Scalars stay text, so that `yes` is "yes" and `8.10` is "8.10".
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import yaml

from common.values import quoted
from fixes.importing.problems import below
from flowpilot.playbook_files.problems import Wrong

DEPTH_MAX = 8
"""Levels of lists and keys. The reader below recurses, so that more of them could end in a crash."""

QUOTES = "Put text in quotes where it has a colon with a blank behind it, or begins with a sign such as @, *, & or %."
HINTS = {
    "'\\t'": "A tab. Indent with blanks.",
    "could not find expected ':'": "A colon is missing: write key: value. Or a line isn't indented as its list is.",
    "mapping values are not allowed here": f"A second colon in one line, or wrong indentation. {QUOTES}",
    "but found '<block sequence start>'": "Wrong indentation: give all items of a list the same.",
    "but found '<block mapping start>'": "Wrong indentation: give all keys of one level the same.",
    "while scanning a quoted scalar": "A quote is opened here and not closed.",
}
"""What a message of the YAML library has in it → what to tell."""

_PLAIN_TAGS = {
    yaml.ScalarNode: yaml.BaseLoader.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: yaml.BaseLoader.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: yaml.BaseLoader.DEFAULT_MAPPING_TAG,
}
_COMMENT = re.compile(r"[ \t]+#")


@dataclass(frozen=True)
class Yaml:
    """`lines`: the path of each value, such as `questions[0].ask`, → its line, counted from 1."""

    value: Any
    lines: dict[str, int]
    problems: list[Wrong]

    def line(self, path: str) -> int:
        """Return the line of the value at the path, or of the nearest that holds it."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines[path]


def read(text: str) -> Yaml:
    """Raises Wrong where the text isn't YAML at all."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Wrong(line, f"An invalid character (U+{error.character:04X}). Remove it.") from error
    except yaml.MarkedYAMLError as error:
        raise _wrong(error, _Lines(text)) from error
    reader = _Reader(text, loader.lines)
    value = reader.value(node, "") if node else {}
    return Yaml(value, {"": 1} | reader.lines, reader.problems)


class _Lines:
    """Counts lines by their ends as editors do; YAML also counts U+2028 and the like."""

    def __init__(self, text: str) -> None:
        self.ends = [match.start() for match in re.finditer("\n", text)]

    def of(self, mark: Any) -> int:
        return bisect_left(self.ends, mark.index) + 1 if mark else 1


class _Loader(yaml.BaseLoader):
    """Refuses anchors, aliases and more levels than DEPTH_MAX while it reads."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.lines = _Lines(text)
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = self.lines.of(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Wrong(line, f"Anchors and aliases (& and *) are not taken. {QUOTES}")
        if self.depth == DEPTH_MAX and isinstance(event, yaml.CollectionStartEvent):
            raise Wrong(line, f"More than {DEPTH_MAX} levels. A playbook has four at most.")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _wrong(error: yaml.MarkedYAMLError, lines: _Lines) -> Wrong:
    said = str(error)
    mark = error.problem_mark or error.context_mark
    if "while scanning a quoted scalar" in said:
        mark = error.context_mark
    hint = next((hint for sign, hint in HINTS.items() if sign in said), None)
    return Wrong(lines.of(mark), hint or f"This is not YAML ({error.problem}). {QUOTES}")


class _Reader:
    def __init__(self, text: str, lines: _Lines) -> None:
        self.text = text
        self.line = lines.of
        self.lines: dict[str, int] = {}
        self.problems: list[Wrong] = []

    def value(self, node: yaml.Node, path: str) -> Any:
        self.lines.setdefault(path, self.line(node.start_mark))
        if node.tag != _PLAIN_TAGS[type(node)]:
            self._add(node, f"Tags such as {quoted(node.tag)} are not taken. {QUOTES}")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, f"{path}[{index}]") for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            self._refuse_comment(node)
        return node.value

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._add(key, "A key must be one word.")
                continue
            if key.value in read:
                self._add(key, f"{quoted(key.value)} is here twice. Remove one of the two.")
                continue
            where = below(path, key.value)
            self.lines[where] = self.line(key.start_mark)
            read[key.value] = self.value(item, where)
        return read

    def _refuse_comment(self, node: yaml.ScalarNode) -> None:
        if node.style is None and node.value and _COMMENT.match(self.text, node.end_mark.index):
            self._add(node, "YAML ignores what stands behind “ #”. Put the whole text in quotes, or remove that.")

    def _add(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Wrong(self.line(node.start_mark), message))
