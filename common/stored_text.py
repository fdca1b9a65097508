"""SQL that brings text which is already stored to the form of `common.text`, for migrations.

A text that would become empty stays as it is: its row needs one.
"""

from django.db.migrations import RunSQL

CONTROLS = r"""'[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]+' COLLATE "C" """
WHITE_SPACE = r"""'[\t-\r\u0085 \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+' COLLATE "C" """
LINE_END = r"""'\r\n|[\r\u2028\u2029]' COLLATE "C" """


def one_line(table: str, **columns: int) -> list[RunSQL]:
    """Return an operation for each column of one line; the number is how many characters the column takes."""
    cleaned = "left(btrim({text}), {longest})"
    return [
        _update(
            table, column, cleaned.format(text=_without_controls(_replaced(column, WHITE_SPACE, " ")), longest=most)
        )
        for column, most in columns.items()
    ]


def several_lines(table: str, *columns: str) -> list[RunSQL]:
    return [_update(table, column, _without_controls(_replaced(column, LINE_END, r"\n"))) for column in columns]


def composed(table: str, *columns: str) -> list[RunSQL]:
    """Return an operation for each column whose text is otherwise kept to the letter, as what people said is."""
    return [_update(table, column, f"normalize({column}, NFC)") for column in columns]


def _replaced(column: str, pattern: str, by: str) -> str:
    return f"regexp_replace(normalize({column}, NFC), {pattern}, E'{by}', 'g')"


def _without_controls(text: str) -> str:
    return f"regexp_replace({text}, {CONTROLS}, '', 'g')"


def _update(table: str, column: str, cleaned: str) -> RunSQL:
    sql = f"UPDATE {table} SET {column} = {cleaned} WHERE {column} <> {cleaned} AND {cleaned} <> ''"  # noqa: S608 - names and patterns of migrations
    return RunSQL(sql, RunSQL.noop)
