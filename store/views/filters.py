"""The filter line of every list: text, `dept:`, `who:`, `is:`, `!` inverts, several words are and (screens 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from msgspec import Struct

from store.views.rows import IsWord, Row

if TYPE_CHECKING:
    from store.views.state import BoardState

Field = Literal["text", "dept", "who", "is"]
AnyRow = TypeVar("AnyRow", bound=Row)

FIELDS: dict[str, Field] = {
    **dict.fromkeys(("dept", "department", "部门", "部門"), "dept"),
    **dict.fromkeys(("who", "人", "谁", "誰"), "who"),
    **dict.fromkeys(("is", "是"), "is"),
}
WORDS: dict[str, IsWord] = {
    **{word: word for word in get_args(IsWord)},
    **dict.fromkeys(("over", "超时", "超時", "逾时"), "breached"),
    **dict.fromkeys(("24小时", "24小時", "24h内", "24h內"), "24h"),
    **dict.fromkeys(("受阻",), "blocked"),
    **dict.fromkeys(("升级", "升級", "已升级", "已升級"), "escalated"),
    **dict.fromkeys(("待认", "待認", "待确认", "待確認"), "unconfirmed"),
    **dict.fromkeys(("静默", "靜默"), "silent"),
    **dict.fromkeys(("我的", "我"), "mine"),
    **dict.fromkeys(("已解决", "已解決", "解决", "解決"), "resolved"),
    **dict.fromkeys(("归档", "歸檔", "已归档", "已歸檔"), "archived"),
}
"""Every spelling of an `is:` word."""
PRESETS: tuple[IsWord, ...] = get_args(IsWord)
_FULL_WIDTH = str.maketrans({"：": ":", "！": "!", "\u3000": " "})


class Word(Struct, frozen=True):
    """One word of a filter; `value` is case-folded, of an `is:` word its English form."""

    field: Field
    value: str
    inverted: bool = False


class Filter(Struct, frozen=True):
    """A filter as it was understood. Call it on a row, or give it all of them (`apply`, quicker).

    `unknown` are `is:` words nobody knows: they match nothing. The empty filter hides only what is
    shelved (resolved issues, archived cards) until its `is:` word asks for it.
    """

    words: tuple[Word, ...] = ()
    unknown: tuple[str, ...] = ()

    def __call__(self, row: Row, state: BoardState, now: int) -> bool:
        """Say whether a row is shown."""
        return bool(self.apply((row,), state, now))

    def apply(self, rows: Iterable[AnyRow], state: BoardState, now: int) -> list[AnyRow]:
        """Return the rows that are shown, in their order."""
        if self.unknown:
            return []
        asked = {word.value for word in self.words if word.field == "is" and not word.inverted}
        found = [row for row in rows if row.shelved is None or row.shelved in asked]
        for word in self.words:
            found = _matching(word, found, state, now)
        return found


class Preset(Struct, frozen=True):
    """One of the usual filters: what is typed for it, its `is:` word and how many rows it shows."""

    word: str
    label: IsWord
    count: int


def parse_filter(text: str) -> Filter:
    """Read a filter line. Never refuses: it is typed live, so an unfinished word asks nothing yet."""
    words: list[Word] = []
    unknown: list[str] = []
    for part in text.translate(_FULL_WIDTH).casefold().split():
        inverted = part.startswith("!")
        part = part.lstrip("!")
        name, colon, value = part.partition(":")
        field = FIELDS.get(name) if colon else None
        if field is None:
            field, value = "text", part
        if not value:
            continue
        if field == "is":
            known = WORDS.get(value)
            if known is None:
                if not any(word.startswith(value) for word in WORDS):
                    unknown.append(value)
                continue
            value = known
        words.append(Word(field, value, inverted))
    return Filter(tuple(words), tuple(unknown))


def presets(rows: Sequence[Row], state: BoardState, now: int) -> list[Preset]:
    """Return the usual filters with the number of rows each shows."""
    return [Preset(f"is:{word}", word, len(Filter((Word("is", word),)).apply(rows, state, now))) for word in PRESETS]


def _matching(word: Word, rows: list[AnyRow], state: BoardState, now: int) -> list[AnyRow]:
    """Return the rows for which one word is true (inverted: is not)."""
    value, keep = word.value, not word.inverted
    facets = state.facets
    if word.field == "is":
        if value == "mine":
            me = state.me
            return [row for row in rows if (me is not None and me in facets(row).ids) is keep]
        asked = WORDS[value]
        return [row for row in rows if row.holds(asked, now) is keep]
    if word.field == "dept":
        return [row for row in rows if (value in facets(row).departments) is keep]
    if word.field == "who":
        return [row for row in rows if (value in facets(row).people) is keep]
    return [row for row in rows if (value in facets(row).text) is keep]
