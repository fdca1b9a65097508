"""The grammar of markers (docs/domain.md §6). What they do is tested where their handlers are."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import markers
from sessions.marker_tokens import TAGS_MAX
from sessions.markers import Block, parse

FIX = '[SUGGEST_FIX]{"title": "Clear the cache"}[/SUGGEST_FIX]'
PAYLOAD = {"title": "Clear the cache"}


@pytest.fixture(autouse=True)
def three_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The grammar's own tests need names only."""
    kinds = {name: markers.Kind(lambda context, payload: pytest.fail("a marker was run"), each=False) for name in NAMES}
    monkeypatch.setattr(markers, "_kinds", kinds)


NAMES = ("SUGGEST_FIX", "FIX_OUTCOME", "PROMOTE")


class TestReading:
    def test_a_block_is_taken_out_of_the_text(self) -> None:
        parsed = parse(f"Try this.\n\n{FIX}\n\nTell me.")
        assert parsed.text == "Try this.\n\nTell me."
        assert parsed.blocks == (Block("SUGGEST_FIX", PAYLOAD),)

    def test_a_block_within_a_line_leaves_the_line(self) -> None:
        assert parse(f"Try {FIX} this.").text == "Try  this."

    def test_a_code_fence_around_the_json_is_tolerated(self) -> None:
        for fence in ("```json\n{}\n```", "```\n{}\n```", "~~~\n{}\n~~~"):
            inside = fence.format('{"title": "Clear the cache"}').replace("{}", '{"title": "Clear the cache"}')
            parsed = parse(f"Try this.\n[SUGGEST_FIX]\n{inside}\n[/SUGGEST_FIX]")
            assert parsed.blocks == (Block("SUGGEST_FIX", PAYLOAD),)
            assert parsed.text == "Try this."

    @pytest.mark.parametrize("fence", ["```", "~~~~", "   ```text"])
    def test_a_block_inside_a_code_block_is_text(self, fence: str) -> None:
        text = f"Like so:\n{fence}\n{FIX}\n{fence.strip().removesuffix('text')}\nEnd."
        assert parse(text) == markers.Parsed(text, ())

    def test_a_block_after_a_code_block_counts(self) -> None:
        parsed = parse(f"```\ndir\n```\n{FIX}")
        assert parsed.text == "```\ndir\n```"
        assert len(parsed.blocks) == 1

    def test_a_code_block_that_is_never_closed_goes_on_to_the_end(self) -> None:
        assert parse(f"```\n{FIX}").blocks == ()

    def test_a_block_in_backticks_is_text(self) -> None:
        assert parse(f"Write `{FIX}` for that.").blocks == ()

    @pytest.mark.parametrize(
        "text",
        [
            f"1. Run\n\n    ```\n    {FIX}\n    ```\n",
            f"1. Run\n\t```\n\t{FIX}\n\t```\n",
            f"- ```\n  {FIX}\n  ```\n",
            f"> ```\n> {FIX}\n> ```\n",
            f"> > ~~~\n> > {FIX}\n> > ~~~\n",
            f"Like so:\n\n    {FIX}\n\nEnd.",
            f"Like so:\n\n\t{FIX}\n\nEnd.",
            f"    {FIX}",
            f"Write ` {FIX} ` for that.",
            f"Write `{FIX}` and `more`.",
            "Write `[PROMOTE]` to add a fact, then save the file.\nSecond line.",
            "Close it with `[/PROMOTE]`.",
        ],
    )
    def test_what_stands_in_code_of_any_kind_is_text(self, text: str) -> None:
        assert parse(text) == markers.Parsed(text, ())

    @pytest.mark.parametrize("value", ["[/SUGGEST_FIX]", "[PROMOTE]", "[SUGGEST_FIX]{}[/SUGGEST_FIX]", "a `tick"])
    def test_a_tag_within_a_value_is_a_part_of_the_value(self, value: str) -> None:
        payload = {"title": f"Explain {value} to them"}
        parsed = parse(f"Before.\n\n[SUGGEST_FIX]{json.dumps(payload)}[/SUGGEST_FIX]\n\nAfter.")
        assert parsed == markers.Parsed("Before.\n\nAfter.", (Block("SUGGEST_FIX", payload),))

    def test_an_unknown_name_is_text(self) -> None:
        text = '[REBOOT]{"now": true}[/REBOOT]'
        assert parse(text) == markers.Parsed(text, ())

    def test_several_blocks_come_in_the_order_of_the_text(self) -> None:
        parsed = parse(f'[PROMOTE]{{"text": "a"}}[/PROMOTE]{FIX}[PROMOTE]{{"text": "b"}}[/PROMOTE]')
        assert [block.name for block in parsed.blocks] == ["PROMOTE", "SUGGEST_FIX", "PROMOTE"]
        assert parsed.text == ""


class TestMalformed:
    @pytest.mark.parametrize(
        ("inside", "reason"),
        [
            ("{", "it ends too early"),
            ("[1]", "no JSON object"),
            ("", "it ends too early"),
            ('{"a": 1, "a": 2}', "twice"),
            ('{"a": NaN}', "NaN"),
            ("{" * 100_000, "not JSON"),
            ("[" * 100_000, "nested too deeply"),
            ('{"a": "' + "\ud800" + '"}', "UTF-8"),
        ],
    )
    def test_what_is_no_json_object_is_stripped_with_the_reason(self, inside: str, reason: str) -> None:
        parsed = parse(f"Before.\n\n[PROMOTE]{inside}[/PROMOTE]\n\nAfter.")
        (block,) = parsed.blocks
        assert block.payload is None
        assert reason in block.reason
        assert parsed.text == "Before.\n\nAfter."

    def test_a_tag_that_is_never_closed_ends_with_its_paragraph(self) -> None:
        parsed = parse('Before.\n\n[PROMOTE]\n{"text": "cut\n\nAfter.')
        assert parsed.text == "Before.\n\nAfter."
        assert parsed.blocks == (Block("PROMOTE", None, markers.UNCLOSED),)

    def test_a_closing_tag_alone_is_stripped(self) -> None:
        parsed = parse("Before [/PROMOTE] after.")
        assert parsed.text == "Before  after."
        assert parsed.blocks == (Block("PROMOTE", None, markers.UNOPENED),)

    def test_of_nested_blocks_the_inner_one_is_read(self) -> None:
        parsed = parse(f"[PROMOTE]{FIX}[/PROMOTE]")
        assert [(block.name, block.reason) for block in parsed.blocks] == [
            ("PROMOTE", markers.UNCLOSED),
            ("SUGGEST_FIX", ""),
            ("PROMOTE", markers.UNOPENED),
        ]

    def test_too_many_tags_are_not_read(self) -> None:
        parsed = parse("[PROMOTE]{}[/PROMOTE]" * 1_000)
        assert parsed.blocks[-1].reason == markers.TOO_MANY
        assert len(parsed.blocks) == TAGS_MAX // 2 + 1


class TestWhileItIsWritten:
    def test_nothing_of_a_marker_shows_at_any_moment(self) -> None:
        text = f"Try this.\n\n{FIX}\n\nTell me [later]."
        for end in range(len(text) + 1):
            shown = markers.written_so_far(text[:end])
            assert "SUGGEST" not in shown
            assert "title" not in shown
            assert shown in {*(text[:n].rstrip() for n in range(12)), *_beginnings("Try this.\n\nTell me [later].")}

    def test_a_bracket_that_begins_no_tag_stays(self) -> None:
        assert markers.written_so_far("See [1") == "See [1"


def _beginnings(text: str) -> set[str]:
    return {text[:end].rstrip() for end in range(len(text) + 1)} | {text[:end] for end in range(len(text) + 1)}


class TestNeutralised:
    def test_its_tags_do_nothing_when_repeated(self) -> None:
        text = markers.neutralised(f"Please write {FIX}")
        assert parse(text).blocks == ()
        assert "SUGGEST_FIX" in text

    @given(st.text(alphabet=st.sampled_from("[]/PROMTE{}\n` "), max_size=60), st.integers(0, 3))
    def test_no_text_triggers_anything_once_neutralised(self, text: str, times: int) -> None:
        assert parse(markers.neutralised(text + "[PROMOTE]" * times + text + "[/PROMOTE]")).blocks == ()


TAGS = ("[PROMOTE]", "[/PROMOTE]", "[SUGGEST_FIX]", "[/SUGGEST_FIX]", "[", "]", "`", "```", "~~~")
OTHERS = ("{", "}", '{"text": "x"}', '"', "word", " ", "\n", "\n\n", "\\", "\u200b", "é")
PIECES = st.sampled_from([*TAGS, *OTHERS])


class TestAnyText:
    @given(st.lists(PIECES, max_size=60).map("".join))
    def test_reading_what_is_left_finds_no_whole_block_outside_of_code(self, text: str) -> None:
        parsed = parse(text)
        assert all(block.payload is None or isinstance(block.payload, dict) for block in parsed.blocks)
        assert len(parsed.text) <= len(text) + 2 * len(parsed.blocks)

    @given(st.lists(PIECES, max_size=40).map("".join))
    def test_a_block_that_follows_any_closed_text_is_found(self, text: str) -> None:
        if not any(mark in text for mark in ("`", "~", "[")):
            assert parse(f"{text}\n\n{FIX}").blocks[-1] == Block("SUGGEST_FIX", PAYLOAD)

    @given(st.text(max_size=200))
    def test_a_text_without_tags_is_kept_to_the_letter(self, text: str) -> None:
        if "[" not in text:
            assert parse(text) == markers.Parsed(text, ())


HOSTILE = {
    "open tags": "[PROMOTE]",
    "closing tags": "[/PROMOTE]",
    "pairs": "[PROMOTE]{}[/PROMOTE]",
    "brackets": "[",
    "fences": "```\n",
    "fences and a tag": "```\n[PROMOTE]\n",
    "braces": "[PROMOTE]{{{{{{{{",
    "half tags": "[PROMOT",
    "backticks": "`",
    "words": "word ",
    "blank lines": "\n\n",
    "short runs": "```x",
    "strings": '[PROMOTE]{"a": "',
}
FENCED = ("\n", " ", "\t", "`", "~", "```\n", "\\")


class TestSpeed:
    @pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
    def test_time_grows_with_the_length_only(self, piece: str) -> None:
        """Eight times the text takes far less than the 64-fold time of quadratic reading."""
        small, large = (_seconds(piece, size) for size in (250_000, 2_000_000))
        assert large < small * 24 + 0.05

    @pytest.mark.parametrize("piece", FENCED)
    def test_a_fenced_payload_takes_no_longer(self, piece: str) -> None:
        small, large = (_seconds(piece, size, "[PROMOTE]```\n", "x[/PROMOTE]") for size in (250_000, 2_000_000))
        assert large < small * 24 + 0.05


def _seconds(piece: str, size: int, before: str = "[PROMOTE] ", after: str = "") -> float:
    text = before + piece * (size // len(piece)) + after
    began = time.process_time()
    parse(text)
    return time.process_time() - began
