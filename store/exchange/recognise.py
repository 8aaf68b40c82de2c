"""What a sheet is, and its content as entries: one per record, with its cells by field.

A sheet is known by its headings (their order is free; title rows and empty rows may stand anywhere);
its title decides between papers that share headings and names what is missing. Several tables or
forms may follow each other in one sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from store.errors import ImportProblem
from store.exchange.headings import ALLOCATION, DUTIES, FORMS, HEADINGS, PAPERS, TABLES, Paper, heading
from store.exchange.reading import Cell, Row, Sheet, letters


class Entry(Struct, frozen=True):
    """One record as the paper has it: cells by field, and what stands under headings we do not know."""

    kind: str
    sheet: Sheet
    row: int
    cells: dict[str, Cell]
    extra: tuple[tuple[str, Cell], ...] = ()
    parts: tuple[Entry, ...] = ()
    """The department rows of a task card."""
    labels: dict[str, str] = {}
    """Field -> the heading it stands under."""
    columns: dict[str, int] = {}
    """Field -> its column, in a table."""

    def text(self, field: str) -> str:
        """The text of a field's cell; "" where there is none or only a placeholder (`/`, `-`)."""
        cell = self.cells.get(field)
        return "" if cell is None or is_blank(cell) else cell.text

    def where(self, field: str = "") -> str:
        """Where the field's cell stands, or the row (the first cell of a form)."""
        cell = self.cells.get(field)
        return self.sheet.where(cell.place if cell else f"{letters(self.columns.get(field, 0))}{self.row}")


class Recognised(Struct, frozen=True):
    """The entries of a sheet; without any, `reason` says why it is skipped."""

    entries: tuple[Entry, ...]
    reason: ImportProblem | None = None


def is_blank(cell: Cell) -> bool:
    """Whether a cell only says that there is nothing."""
    return cell.text.strip() in {"", "/", "\\", "-", "--", "—", "——", "－", "／"}


def recognise(sheet: Sheet) -> Recognised:
    """The entries of a sheet in the order they stand."""
    if not sheet.rows:
        return Recognised((), ImportProblem("The sheet is empty."))
    title = _title(sheet)
    as_form = title is not None and title.form
    entries = _form(sheet, title) if as_form else list(_tables(sheet, title))
    if not entries:
        entries = list(_tables(sheet, title)) if as_form else _form(sheet, title)
    if entries:
        return Recognised(tuple(entries))
    if title is None:
        return Recognised(
            (),
            ImportProblem(
                "This is no paper that import knows: register, task card, division, allocation, collaboration."
            ),
        )
    if _heading_row_exists(sheet, title):
        return Recognised((), ImportProblem("There is nothing below the headings."))
    missing = ", ".join(next(h for h, f in title.fields.items() if f == need) for need in sorted(title.needed))
    return Recognised(
        (), ImportProblem("The headings do not fit the title. Needed at least: {missing}.", missing=missing)
    )


def _title(sheet: Sheet) -> Paper | None:
    """The paper whose title stands in the first rows, or is the sheet's name."""
    words = {heading(cell.text) for row in sheet.rows[:5] for cell in row.cells.values()} | {heading(sheet.name)}
    for paper in PAPERS:
        if paper.titles & words:
            return paper
    return None


def _columns(row: Row, paper: Paper) -> dict[str, int]:
    """Field -> column if this row holds the paper's headings, else nothing."""
    found: dict[str, int] = {}
    for column, cell in row.cells.items():
        field = paper.fields.get(heading(cell.text)) if isinstance(cell.value, str) else None
        if field:
            found.setdefault(field, column)
    enough = len(found) >= 3 and 2 * len(found) > len(row.cells)
    return found if enough and paper.needed <= found.keys() else {}


def _heading_row(row: Row, title: Paper | None) -> tuple[Paper, dict[str, int]] | None:
    """The table this row heads: the one with most headings, the titled one where equal."""
    if not _may_head(row):
        return None
    papers = (*TABLES, ALLOCATION)
    found = [(len(columns), paper is title, paper, columns) for paper in papers if (columns := _columns(row, paper))]
    if not found:
        return None
    _, _, paper, columns = max(found, key=lambda item: item[:2])
    return paper, columns


def _may_head(row: Row) -> bool:
    """Whether more than half of a row are headings of some paper; of most rows a few cells tell that they are not."""
    others = 0
    for cell in row.cells.values():
        others += not isinstance(cell.value, str) or heading(cell.text) not in HEADINGS
        if 2 * others >= len(row.cells):
            return False
    return True


def _heading_row_exists(sheet: Sheet, title: Paper) -> bool:
    return any(_columns(row, title) for row in sheet.rows)


def _tables(sheet: Sheet, title: Paper | None) -> Iterator[Entry]:
    """Every row below a heading row, up to the next title or heading row."""
    paper: Paper | None = None
    columns: dict[str, int] = {}
    names: dict[int, str] = {}
    for row in sheet.rows:
        only = next(iter(row.cells.values())) if len(row.cells) == 1 else None
        if only is not None and any(heading(only.text) in p.titles for p in PAPERS):
            paper = None
            title = next(p for p in PAPERS if heading(only.text) in p.titles)
            continue
        head = _heading_row(row, title)
        if head is not None:
            paper, columns = head
            names = {column: cell.text for column, cell in row.cells.items()}
        elif paper is not None:
            yield _entry(paper.kind, sheet, row, columns, names)


def _entry(kind: str, sheet: Sheet, row: Row, columns: dict[str, int], names: dict[int, str]) -> Entry:
    known = set(columns.values())
    extra = tuple((names.get(c, ""), cell) for c, cell in row.cells.items() if c not in known and not is_blank(cell))
    cells = {field: row.cells[column] for field, column in columns.items() if column in row.cells}
    labels = {field: names[column] for field, column in columns.items() if column in names}
    return Entry(kind, sheet, row.number, cells, extra, labels=labels, columns=columns)


def _form(sheet: Sheet, title: Paper | None) -> list[Entry]:
    """The forms (label and value) in a sheet, for the paper that fits most labels."""
    tried = (title,) if title is not None else FORMS
    found = [entries for paper in tried if (entries := list(_forms(sheet, paper, titled=title is not None)))]
    return max(found, key=lambda entries: sum(len(e.cells) for e in entries), default=[])


def _forms(sheet: Sheet, paper: Paper, *, titled: bool) -> Iterator[Entry]:
    """Forms one below the other: a label seen again, or the title, begins the next."""
    form = _Form(paper, sheet, titled=titled)
    duty_columns: dict[str, int] = {}
    for row in sheet.rows:
        words = [heading(cell.text) for cell in row.cells.values()]
        if len(words) >= 5 and sum(word in paper.fields for word in words) >= 5 and paper is ALLOCATION:
            return  # headings side by side: a table with one task per row
        if len(words) == 1 and words[0] in paper.titles:
            duty_columns = {}
            if (entry := form.take()) is not None:
                yield entry
            continue
        head = _columns(row, DUTIES)
        if head:
            duty_columns = head
        elif duty_columns and not _is_label(row, paper):
            form.parts.append(_entry(DUTIES.kind, sheet, row, duty_columns, {}))
        else:
            duty_columns = {}
            form.labelled |= {field for word in words if (field := paper.fields.get(word))}
            for label, cell in _pairs(row, paper):
                if form.begins_again(label) and (entry := form.take()) is not None:
                    yield entry
                form.put(label, cell, row.number)
    if (entry := form.take()) is not None:
        yield entry


class _Form:
    """The form being read."""

    def __init__(self, paper: Paper, sheet: Sheet, *, titled: bool) -> None:
        self.paper, self.sheet, self._titled = paper, sheet, titled
        self._clear()

    def _clear(self) -> None:
        self.cells: dict[str, Cell] = {}
        self.labels: dict[str, str] = {}
        self.places: dict[str, str] = {}
        """Field -> where its label stands."""
        self.extra: list[tuple[str, Cell]] = []
        self.parts: list[Entry] = []
        self.labelled: set[str] = set()
        """Fields whose label stands in the form, with a value or without."""
        self.row = 0

    def begins_again(self, label: Cell) -> bool:
        """Whether this label stood in the form before; one cell over several rows is one label."""
        field = self.paper.fields.get(heading(label.text))
        return field in self.cells and self.places.get(field) != label.place

    def put(self, label: Cell, cell: Cell, row: int) -> None:
        field = self.paper.fields.get(heading(label.text))
        self.row = self.row or row
        if field:
            before = self.cells.get(field)
            if before is not None and before.place != cell.place:
                cell = Cell(f"{before.text}\n{cell.text}", before.place)
            self.cells[field] = cell
            self.labels[field], self.places[field] = label.text, label.place
        elif not is_blank(cell):
            self.extra.append((label.text, cell))

    def take(self) -> Entry | None:
        """What was read so far as an entry, if it is one; then the next begins."""
        entry = None
        # A blank value is no other paper where the title says which this is.
        blank = self._titled and "name" in self.cells and self.paper.needed <= self.labelled
        if blank or self.paper.needed <= self.cells.keys():
            entry = Entry(
                self.paper.kind, self.sheet, self.row, self.cells, tuple(self.extra), tuple(self.parts), self.labels
            )
        self._clear()
        return entry


def _is_label(row: Row, paper: Paper) -> bool:
    """Whether a row begins with a label of the form: what stands further on may read like one."""
    return heading(row.cells[min(row.cells)].text) in paper.fields


def _pairs(row: Row, paper: Paper) -> Iterator[tuple[Cell, Cell]]:
    """Label and value, side by side; a label without a value is a section's heading and is passed over.

    What stands without a label to the right of where headings stand comes with an empty one: nothing is lost.
    """
    cells = [row.cells[column] for column in sorted(row.cells)]
    known = [heading(cell.text) in paper.fields for cell in cells]
    if not any(known):
        if len(cells) == 2:
            yield cells[0], cells[1]
        elif len(cells) > 2 or min(row.cells) > 0:
            yield from ((Cell("", cell.place), cell) for cell in cells)
        return
    columns = sorted(row.cells)
    if len(cells) == 2 and known[0] and columns[1] == columns[0] + 1:
        # A value may read as a label does: the name of a task may be "milestones".
        yield cells[0], cells[1]
        return
    at = 0
    while at + 1 < len(cells):
        if known[at] and not known[at + 1]:
            yield cells[at], cells[at + 1]
            at += 2
        else:
            at += 1
