"""Every paper once: its name on the command line, its title, what it is of, which files it becomes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from msgspec import Struct

from store.exchange.papers.model import Paper
from tui.i18n import Np_, p_
from tui.papers.desk import Desk

DOCUMENT = ("docx", "md", "html")
WORKBOOK = ("xlsx", "md", "html")
"""Format -> ending of the file."""
_WRITERS = {
    "docx": "store.exchange.papers.docx:write_docx",
    "md": "store.exchange.papers.markdown:write_markdown",
    "html": "store.exchange.papers.html:write_html",
    "xlsx": "store.exchange.papers.xlsx:write_xlsx",
}


class Kind(Struct, frozen=True):
    """A paper: `key` names it on the command line, `title` is its fixed title in English.

    `of` are the tables of what it can be of, the board itself as ""; `formats` are endings of files too, the first
    is the one offered.
    `builder` is `module:function`, imported when it is asked for: (desk, doc id or 0) -> Paper, and for `ics` and
    `json`, which are no papers of sheets, the bytes.
    """

    key: str
    title: str
    of: tuple[str, ...]
    formats: tuple[str, ...]
    builder: str

    def said(self) -> str:
        """Its title in the reader's language."""
        return p_("paper", self.title)


BOARD = ("departments", "cards", "")
KINDS: tuple[Kind, ...] = (
    Kind("minutes", Np_("paper", "Minutes of meeting"), ("meetings",), DOCUMENT, "minutes:minutes_paper"),
    Kind("allocation", Np_("paper", "Allocation table"), ("subtasks",), WORKBOOK, "allocation:allocation_paper"),
    Kind("card", Np_("paper", "Task card"), ("cards",), WORKBOOK, "task_card:task_card_paper"),
    Kind("request", Np_("paper", "Request form"), ("cards",), DOCUMENT, "request:request_paper"),
    Kind("confirmation", Np_("paper", "Letter of confirmation"), ("cards",), DOCUMENT, "request:confirmation_paper"),
    Kind("mechanism", Np_("paper", "Communication mechanism"), ("cards",), DOCUMENT, "mechanism:mechanism_paper"),
    Kind("division", Np_("paper", "Division of work"), ("cards",), WORKBOOK, "division:division_paper"),
    Kind("tracking", Np_("paper", "Joint progress sheet"), ("cards",), WORKBOOK, "division:tracking_paper"),
    Kind("collaboration", Np_("paper", "Collaboration sheet"), ("cards",), WORKBOOK, "issues:collaboration_paper"),
    Kind("acceptance", Np_("paper", "Acceptance report"), ("cards",), DOCUMENT, "acceptance:acceptance_paper"),
    Kind("summary", Np_("paper", "Summary report"), ("cards",), DOCUMENT, "summary:summary_paper"),
    Kind("escalations", Np_("paper", "Escalation record"), ("cards", ""), WORKBOOK, "issues:escalations_paper"),
    Kind("sync", Np_("paper", "Sync log"), ("cards", ""), WORKBOOK, "register:sync_paper"),
    Kind(
        "register",
        Np_("paper", "Department register"),
        BOARD,
        WORKBOOK,
        "register:register_paper",
    ),
    Kind("json", Np_("paper", "Records as JSON"), ("cards", ""), ("json",), "records:json_file"),
    Kind("calendar", Np_("paper", "Calendar"), ("cards", "people", ""), ("ics",), "calendar:calendar_file"),
)
"""In the order they are offered: papers of a card's beginning first, of its end last."""
BY_KEY = {kind.key: kind for kind in KINDS}


def kinds_of(table: str) -> list[Kind]:
    """The papers there are of a record of this table, of the board for ""."""
    return [kind for kind in KINDS if table in kind.of]


def built(kind: Kind, desk: Desk, key: int, form: str) -> tuple[str, bytes]:
    """The stem of a paper's file and what the file holds. `key` is a doc id, 0 for the board; `form` a format of it.

    Raises NotFound where the record is gone.
    """
    found = build(kind, desk, key)
    if isinstance(found, Paper):
        return found.name, write(found, form)
    name, data = found
    return name, data


def build(kind: Kind, desk: Desk, key: int) -> Paper | tuple[str, bytes]:
    """The paper of a record (0: the board) before it is a file; of `ics` and `json` the stem and the bytes.

    Raises NotFound where the record is gone.
    """
    found: Paper | tuple[str, bytes] = _imported(f"tui.papers.{kind.builder}")(desk, key)
    return found


def write(paper: Paper, form: str) -> bytes:
    """A paper of sheets as a file of this format."""
    data: bytes = _imported(_WRITERS[form])(paper)
    return data


def _imported(place: str) -> Any:
    module, function = place.split(":")
    return getattr(import_module(module), function)
