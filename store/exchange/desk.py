"""What the readers of all papers share: the drafts, the look-up, the calendar, and small steps over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from store.board import Board
from store.errors import ImportProblem
from store.exchange.drafts import Drafts, Reading
from store.exchange.headings import simplified
from store.exchange.lookup import Lookup
from store.exchange.plan import Skipped
from store.exchange.recognise import Entry
from store.exchange.values import Dates, departments, on_paper, short, year_of
from store.rules.paper_ids import CardId
from store.rules.privacy import as_seen
from store.rules.working_time import WorkingTime

_STAGES = ("draft", "circulating", "active", "acceptance", "completed", "archived")
_DATED = ("start", "finish", "initiated_at", "date", "milestones", "progress", "inputs")


class Desk:
    """One import at work."""

    def __init__(self, board: Board, working: WorkingTime, now: int, person: int, card: int | None = None) -> None:
        """`person` imports: the doc id entries without an owner are signed with (0: nobody); `card`: for what."""
        self.board, self.working, self.now, self.person = board, working, now, person
        self._card = card
        self.drafts = Drafts(board, now)
        self.lookup = Lookup(self.drafts)
        self._sync: dict[tuple[object, str, str], int] | None = None
        self._duties: Counter[int] = Counter()
        self.seen: dict[tuple[str, str], tuple[str, str]] = {}
        """(kind of paper, number) -> where it stood first in this import, and the name there."""
        self.archived = frozenset(row.number for row in board.archived.values())
        """Numbers of the cards in the archive."""

    def dates(self, entries: Iterable[Entry]) -> Dates:
        """A reader of dates that takes the year from the other dates of these entries."""
        cells = [entry.cells[name] for entry in entries for name in _DATED if name in entry.cells]
        return Dates(self.working, self.board.settings.minutes_of_day[2], self.now, year_of(cells))

    def skip(self, entry: Entry, field: str) -> None:
        """List a row that lacks what makes it a record."""
        text = short(" | ".join(cell.text for cell in entry.cells.values()), 200)
        self.drafts.plan.skipped.append(
            Skipped(entry.where(), ImportProblem('No {field} in this row: "{text}".', field=field, text=text))
        )

    def card(self, number: CardId | None, written: str, name: str) -> int:
        """The doc id of the card with this number or, without one, this name; there or to be made.

        A row without a number never is the card of a numbered row beside it, whatever their names.
        """
        if written:
            found = self.lookup.by_number("cards", number, written)
            return found or self.drafts.id_of("cards", number.canonical if number else written)
        own = self.drafts.id_of("cards", f"name:{name}")
        found = None if self.drafts.has("cards", own) else self.lookup.card_named(name)
        return found if found in self.board.cards else own

    def card_of_paper(self, entry: Entry) -> int | None:
        """The card a paper without one is of: the one it is imported for, else the one its file's name names."""
        if self._card is not None:
            return self._card
        stem = entry.sheet.file.rpartition(".")[0]
        return self.lookup.card_in(stem, "")

    def subtask(self, card: int, number: CardId | None, written: str, name: str) -> int:
        """As `card`, for a subtask of a card."""
        if written:
            found = self.lookup.by_number("subtasks", number, written)
            return found or self.drafts.id_of("subtasks", number.canonical if number else f"{card}/{written}")
        own = self.drafts.id_of("subtasks", f"{card}/{name}")
        found = None if self.drafts.has("subtasks", own) else self.lookup.subtask_named(card, name)
        return found if found in self.board.subtasks else own

    def sync_entry(self, day: object, topic: str, content: str) -> int:
        """The doc id of the sync entry with this day, topic and content, there or to be made."""
        if self._sync is None:
            day_of = self.working.day_of
            seen = (as_seen(each, self.person or None) for each in self.board.sync.values())
            self._sync = {(day_of(s.at), s.topic.strip(), on_paper(s.content)): s.id for s in seen}
        return self._sync.get((day, topic, on_paper(content))) or self.drafts.id_of("sync", day, topic, content)

    # Steps of several papers --------------------------------------------------------------------

    def about(self, card: int | None) -> None:
        """What is read now is of this card: its people are meant before others of the same name."""
        found = self.board.cards.get(card or 0)
        people: set[int | None] = set()
        if found is not None:
            people |= {found.initiator, found.lead}
            people |= {who for each in self.board.duties_of.get(found.id, ()) for who in (each.liaison, each.work_lead)}
            people |= {who for each in self.board.subtasks_of.get(found.id, ()) for who in self.workers(each.id)}
        self.near(people)

    def near(self, people: Iterable[int | None]) -> None:
        """These people are meant before others of the same name."""
        self.lookup.near = frozenset(who for who in people if who is not None)

    def people(self, reading: Reading, name: str, department: int | None = None) -> list[int]:
        """The people a cell names."""
        where = reading.entry.where(name)
        return reading.ask(name, lambda text: self.lookup.people(text, where, department)) or []

    def owner(
        self, reading: Reading, name: str, department: int | None = None, *, stands: Sequence[int | None] | None = None
    ) -> tuple[int | None, list[int]]:
        """The one owner a cell names, and whoever else stands there; both lacks are listed.

        Where the others have a place too, `stands` is who has it on the board, owner first: as no lack.
        """
        if not reading.entry.text(name):
            reading.unclear(name, ImportProblem("Nobody is named here."), keep=False)
            return None, []
        found = self.people(reading, name, department)
        if len(found) > 1 and found != list(dict.fromkeys(stands or ())):
            why = ImportProblem("Exactly one person is responsible; the first was taken.")
            reading.unclear(name, why, keep=stands is None)
        return (found[0], found[1:]) if found else (None, [])

    def says_state(self, card: int, text: str) -> bool:
        """Whether a running card says the state a paper has for it, so that its words need not be kept."""
        plain = simplified(text)
        if plain in {"未开始", "进行中", "notstarted", "inprogress"}:
            return True
        issues = self.board.issues_of.get(card, ())
        return plain in {"受阻", "blocked"} and any(
            [
                *(each.status == "blocked" for each in self.board.subtasks_of.get(card, ())),
                *(each.kind == "blocked" and each.state != "resolved" for each in issues),
            ]
        )

    def workers(self, subtask: int) -> tuple[int | None, ...]:
        """Owner and collaborators of a subtask of the board."""
        found = self.board.subtasks.get(subtask)
        return (found.owner, *found.collaborators) if found is not None else ()

    def department(self, reading: Reading, name: str) -> int | None:
        """The one department a cell names."""
        found = self.departments(reading, name)
        if len(found) > 1:
            reading.unclear(name, ImportProblem("One department is responsible; the first was taken."))
        return found[0][0] if found else None

    def departments(self, reading: Reading, name: str) -> list[tuple[int, str]]:
        """The departments a cell names, each with what stands in brackets behind it."""
        found: list[tuple[int, str]] = []
        for title, duty in departments(reading.entry.text(name), self.lookup.department_names()):
            key = self.lookup.department(title, reading.entry.where(name))
            if key is None:
                reading.unclear(name, ImportProblem('"{value}" is no department.', value=short(title)), title)
            else:
                found.append((key, duty))
        return found

    def first(self, reading: Reading, number: CardId | None, form: str, name: str) -> bool:
        """Whether a number (`form` if it is none we know) stands in papers of this kind for the first time.

        A double is listed as unclear, and so is a number of an archived card: none is given twice. In the
        tracking sheet a subtask has a row each day: there one number for two names is the double.
        """
        kind, where = reading.entry.kind, reading.entry.where("number")
        if number is not None and number.card in self.archived:
            why = ImportProblem('"{value}" is in the archive; the row was not taken.', value=number.card)
            reading.unclear("number", why, number.card)
            return False
        form = number.canonical if number else form
        first, before = self.seen.setdefault((kind, form), (where, name))
        if not form or first == where or (kind == "progress" and before == name):
            return True
        shown = reading.entry.text("number") or name
        why = ImportProblem('"{value}" stands in {where} already; the row was not taken.', value=shown, where=first)
        reading.unclear("number", why, shown)
        return False

    def duty(self, card: int, department: int, where: str, body: dict[str, Any]) -> None:
        """A department's part in a card; a card's departments are its duties."""
        duties = [d for d in self.board.duties_of.get(card, ()) if d.department == department]
        key = duties[0].id if duties else self.drafts.id_of("duties", card, department)
        order = len(self.board.duties_of.get(card, ())) + self._duties[card]
        self._duties[card] += not self.drafts.has("duties", key)
        once = {"card": card, "department": department, "order": order}
        self.drafts.settle("duties", key, body, where, self.department_name(department), once=once)

    def department_name(self, key: int) -> str:
        """A department's name, also of one being made."""
        return str(self.drafts.value("departments", key, "name"))

    def stage(self, card: int, reading: Reading, stage: str | None) -> dict[str, Any]:
        """The fields that bring a card to the stage of the paper; a card on the board only moves forward."""
        if stage is None:
            return {}
        stands = self.drafts.value("cards", card, "stage") if self.drafts.has("cards", card) else "draft"
        stands = stands or "draft"
        # The register has one word for all that was not begun: a draft on the board stays what it is.
        begun = simplified(reading.entry.text("state")) not in {"未开始", "notstarted"} or card not in self.board.cards
        if stands == stage or not (begun or stands not in {"draft", "circulating"}):
            return {}
        if stands == "cancelled" or (stage != "cancelled" and _STAGES.index(stands) > _STAGES.index(stage)):
            if card in self.board.cards:
                why = ImportProblem("On the board this card is {state} already; it stays so.", state=stands)
                reading.unclear("state", why, keep=False)
            return {}
        return {"stage": stage} | self._instants(card, stage)

    def _instants(self, card: int, stage: str) -> dict[str, int]:
        """When the card came to the stage: paper does not say, so a running one counts from the import."""
        made = {
            "active": ("activated_at",),
            "acceptance": ("activated_at", "submitted_at"),
            "cancelled": ("cancelled_at",),
        }.get(stage, ())
        have = self.drafts.has("cards", card)
        return {name: self.now for name in made if not (have and self.drafts.value("cards", card, name))}
