"""What is said of a card in the archive without opening its file."""

from __future__ import annotations

from rich.text import Text

from store.views.state import BoardState
from tui import words
from tui.field_words import field_word
from tui.i18n import _
from tui.look import STYLES
from tui.present.lines import dashes, labelled, wrapped
from tui.subjects import local


def archived_preview(state: BoardState, card: int, cells: int) -> list[Text]:
    """Lines of at most `cells` cells: number, name, people, when it was completed and archived, its file."""
    board, row = state.board, state.board.archived[card]
    head = Text.assemble(" ", (row.number or "?", STYLES["dim"]), " ", (row.name, STYLES["strong"]), "   ")
    head.append(f"{words.stage('archived')}   " + _("lead {who}").format(who=board.person_name(row.lead) or "-"))
    said = [
        (field_word("completed_at"), f"{local(state, row.completed_at):%Y-%m-%d %H:%M}" if row.completed_at else "-"),
        (field_word("archived_at"), f"{local(state, row.archived_at):%Y-%m-%d %H:%M}"),
        (field_word("archived_by"), board.person_name(row.archived_by) or "?"),
        (_("departments"), ", ".join(map(board.department_name, row.departments)) or "-"),
        (field_word("file"), row.file),
    ]
    lines = [dashes(_("in the archive (Enter reads it, d reopens it)"), cells), head]
    for label, text in said:
        lines += wrapped(label, text, cells, 2, wide=14) or labelled(label, [Text("-")], 14)
    return lines
