"""The preview of an import in words: a row for each record and each cell that is unclear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from rich.text import Text

from store.errors import CrossdeckError
from store.exchange.plan import ImportPlan, Planned, Skipped, Unclear
from store.operations.shape import Shape, members
from store.records import TABLES
from tui.field_words import LISTS, field_word
from tui.i18n import Np_, _, p_
from tui.look import STYLES
from tui.present.fields import shaped_words, value_words
from tui.present.lead import StateOf
from tui.present.lines import labelled, wrapped
from tui.sentences import sentence
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.rows import FOREVER, Lead, Painter

KINDS: Mapping[str, str] = {
    "unclear": Np_("import", "?"),
    "vague": Np_("import", "!"),
    "skipped": Np_("import", "skip"),
    "update": Np_("import", "chg"),
    "create": Np_("import", "new"),
    "same": Np_("import", "same"),
}
"""What becomes of a row, at most 4 cells, in the order rows stand: first what asks for a look."""
TONES = {"unclear": "yellow", "vague": "yellow", "create": "green", "update": "cyan"}
LABEL = 22


class ImportRow(Struct, frozen=True, gc=False):
    """One row of the preview; `id` is its place in it."""

    id: int
    kind: str
    item: Planned | Unclear | Skipped

    @property
    def key(self) -> tuple[str, int] | None:
        """The record that can be left out; None for a row that only tells."""
        if isinstance(self.item, Planned) and self.kind != "same":
            return self.item.table, self.item.id
        return None


def rows_of(plan: ImportPlan) -> list[ImportRow]:
    """Every row of the plan by kind, as they stand on paper; people and departments behind what names them."""
    found = [(kind, item) for kind in KINDS for item in sorted(getattr(plan, kind), key=_named)]
    return [ImportRow(number, kind, item) for number, (kind, item) in enumerate(found)]


def _named(item: Planned | Unclear | Skipped) -> bool:
    return isinstance(item, Planned) and item.table in {"people", "departments"}


class Shown:
    """The plan as the rows read it: titles of records that are only coming, bodies by record."""

    def __init__(self, plan: ImportPlan, state: StateOf) -> None:
        """`state` gives the state in front."""
        self.state = state
        self.out: frozenset[tuple[str, int]] = frozenset()
        """What is left out, with all that hangs on it."""
        self._titles = {(item.table, item.id): item.title for item in plan.create}
        self._bodies: dict[tuple[str, int], dict[str, Any]] = {
            (row["table"], row["id"]): row["body"] for row in plan.records
        }

    def value(self, table: str, name: str, value: Any, now: int) -> str:
        """A field's value in words; what it refers to may be coming with the import."""
        state = self.state()
        if state is None:
            return ""
        shape = members(TABLES[table]).get(name) if table in TABLES else None
        if isinstance(value, list) and value:
            inner = shape.inner if shape else None
            return ", ".join(self._coming(inner, one) or shaped_words(state, inner, one, now) for one in value)
        return self._coming(shape, value) or value_words(state, table, name, value, now)

    def _coming(self, shape: Shape | None, value: Any) -> str:
        """The title of a record that is referred to and comes with the import."""
        return self._titles.get((shape.table, value), "") if shape is not None and shape.kind == "ref" else ""

    def changes(self, item: Planned, now: int) -> list[tuple[str, str]]:
        """Field and `old > new`; of a new record what it will hold."""
        if item.changes:
            return [
                (
                    field_word(name),
                    f"{self.value(item.table, name, old, now)} > {self.value(item.table, name, new, now)}",
                )
                for name, (old, new) in item.changes.items()
            ]
        body = self._bodies.get((item.table, item.id), {})
        return [(field_word(name), self.value(item.table, name, value, now)) for name, value in body.items() if value]


class ImportPainter(Painter[ImportRow]):
    """What becomes of it, which record, what changes or why not, where it stands."""

    def __init__(self, shown: Shown) -> None:
        """`shown` is shared with the screen."""
        self._shown = shown

    def lead(self, row: ImportRow, now: int) -> Lead:
        """The word, and whether it is left out."""
        out = row.key in self._shown.out
        return Lead(" ", p_("import", KINDS[row.kind]), p_("import", "left out") if out else "", "none")

    def steady(self, row: ImportRow, now: int) -> int:
        """Nothing counts time."""
        return FOREVER

    def look(self, row: ImportRow, now: int) -> object:
        """A row reads otherwise once it is left out."""
        return row.id, row.key in self._shown.out

    def cells(self, row: ImportRow, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """One cell for each column that stands."""
        tone = "dim" if row.key in self._shown.out or row.kind in {"same", "skipped"} else TONES.get(row.kind, "")
        return [
            (self._text(row, place.column.key, now), tone if place.column.key != "where" else "dim") for place in placed
        ]

    def _text(self, row: ImportRow, key: str, now: int) -> str:
        item = row.item
        if key == "where":
            return item.where.partition(":")[2] or item.where  # the file is named below the table
        if key == "title":
            if isinstance(item, Planned):
                return f"{item.number} {item.title}".strip()
            return item.value if isinstance(item, Unclear) else ""
        if isinstance(item, Planned):
            said = ", ".join(f"{name} {text}" for name, text in self._shown.changes(item, now)) if item.changes else ""
            return said or _(LISTS.get(item.table, item.table))
        return reason(item.why)


def reason(why: CrossdeckError) -> str:
    """Why a cell is unclear, in the reader's language."""
    return sentence(why)


def import_columns() -> tuple[list[Column], tuple[str, ...]]:
    """The columns, and the order in which they leave a narrow screen."""
    columns = [
        Column("title", p_("column", "what"), 36, min_width=26),
        Column("about", p_("column", "change or reason"), 14, flexible=True),
        Column("where", p_("column", "place"), 28, min_width=14, cut="left"),
    ]
    return columns, ("where", "title")


def import_lines(shown: Shown, row: ImportRow, now: int, cells: int) -> list[Text]:
    """All of a row, in lines of at most `cells` cells."""
    item = row.item
    lines = wrapped(_("place"), item.where, cells, 2, LABEL)
    if isinstance(item, Planned):
        title = Text(f" {item.number} {item.title}".rstrip(), STYLES["strong"])
        for name, text in shown.changes(item, now):
            lines += wrapped(name, text, cells, 4, LABEL)
        return [title, *lines]
    if isinstance(item, Unclear):
        lines += wrapped(_("record"), item.title, cells, 1, LABEL)
        lines += wrapped(_("text"), item.value, cells, 4, LABEL)
    return [*labelled(_("reason"), [Text(reason(item.why), STYLES["yellow"])], LABEL), *lines]


def counts_text(plan: ImportPlan) -> str:
    """How many of each."""
    return _("{c} new, {u} changed, {s} the same, {q} unclear, {k} skipped").format(
        c=len(plan.create), u=len(plan.update), s=len(plan.same), q=len(plan.unclear), k=len(plan.skipped)
    )
