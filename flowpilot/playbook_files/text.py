"""Cuts the text of a playbook file into front matter, description and script."""

from dataclasses import dataclass

from markdown_it import MarkdownIt

from flowpilot.playbook_files.problems import Wrong

FENCE = "---"


@dataclass(frozen=True)
class Parts:
    """`body_line`: the line of the file in which the description begins; the front matter begins in line 2."""

    front_matter: str
    body: str
    body_line: int


@dataclass(frozen=True)
class Script:
    language: str
    text: str
    line: int


def parts(text: str) -> Parts:
    """Raises Wrong without front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise Wrong(1, "The front matter is missing. Begin the file with a line --- and write the keys below it.")
    ends = (number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    if (end := next(ends, None)) is None:
        raise Wrong(len(lines), "The front matter has no end. Write a line --- below its last key.")
    body = lines[end + 1 :]
    blank = next((number for number, line in enumerate(body) if line.strip()), 0)
    return Parts("\n".join(lines[1:end]), "\n".join(body[blank:]).rstrip(), end + blank + 2)


def script_of(part: Parts) -> tuple[str, Script | None]:
    """Return the description, and the code block at the end of the body, if it ends with one.

    Raises Wrong for a code block without an end.
    """
    lines = part.body.split("\n")
    fences = [token for token in MarkdownIt().parse(part.body) if token.type == "fence" and token.level == 0]
    last = fences[-1] if fences else None
    if last is None or last.map is None or last.map[1] < len(lines):
        return part.body, None
    line = part.body_line + last.map[0]
    if last.map[1] - last.map[0] < 2 or not lines[-1].strip().startswith(last.markup):
        raise Wrong(line, f"The code block that begins here has no end. Write a line {last.markup} below it.")
    description = "\n".join(lines[: last.map[0]]).rstrip()
    return description, Script(last.info.strip(), last.content, line)
