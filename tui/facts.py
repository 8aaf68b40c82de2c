"""What the App knows: the state in front, what waits, what was said. Facts from the engine come in here (design §2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from store.errors import BoardReadOnly, CrossdeckError
from store.operations.base import Operation
from store.views.state import BoardState
from tui.drafts import Drafts, stands
from tui.engine import Engine
from tui.freshness import Freshness, Return
from tui.i18n import _
from tui.messages import (
    Acknowledged,
    CameBack,
    CommitFailed,
    Committed,
    LockHeld,
    OlderRead,
    OperationRefused,
    ReadFailed,
    StateRead,
)
from tui.screens.base import DeckScreen
from tui.session import Session
from tui.watchful import Watchful
from tui.widgets.live_table import LiveTable

if TYPE_CHECKING:
    from store.board import Board
    from store.changes import Loss
    from store.file.chain import Settled
    from tui.here import Company
    from tui.told import Told

FRAME = 0.025
"""Seconds in which a frame is certain to be drawn: Textual draws 60 in a second."""
RAISES = frozenset({"RaiseBlocked", "RaiseWarning", "RaiseDispute"})
Done = Callable[[list[Any]], None]
Failed = Callable[[CrossdeckError], None]


class Facts(Watchful):
    """Holds the state in front and hands it to the screen in front; knows no verb and no file."""

    def __init__(self, session: Session) -> None:
        """Nothing is read before the shell is painted."""
        super().__init__(session)
        self.base: BoardState | None = None
        """The state as the file has it, without what waits."""
        self.engine = Engine(session.store, self.post_message, session.build, session.chores)
        self.freshness = Freshness(self.engine)
        self.drafts = Drafts(session.state_dir / "drafts", session.path)
        self.left_over: dict[str, Any] = {}
        """What screens remember for the session: filters, sort, preview, tabs."""
        self._waiting: dict[int, tuple[Done | None, Failed | None]] = {}
        self._tokens = 0
        self.opening = ExitStack()
        """What lasts until the board was read, or could not be."""
        self.told: Told | None = None
        """Up to where this person was told whose value gave way; looked at when the start is over."""
        self.back = Return()

    # Facts from the engine --------------------------------------------------------------------------

    def on_state_read(self, message: StateRead) -> None:
        """A new revision: draw it with what still waits."""
        if self.freshness.read():
            self._say(self.back.read(waiting=self._waited))
        first = self.base is None
        # Built in the reader's thread, perhaps a moment before somebody said who they are.
        me = self.session.me(message.state.board)
        same = message.state.me == (me.id if me else None)
        self.base = message.state if same else self.session.build(message.state.board, message.state)
        self._overlay()
        news, self.session.store.past.news = self.session.store.past.news, None
        if news is not None:
            self.notice(self.error_text(news), error=True)
        self.tell_damage(message.state.board)
        if self.told is not None:
            self.tell_losses()
        if first:
            if self.session.calendar_problem:
                self.notice(self.error_text(self.session.calendar_problem), error=True)
            self.opened()
            self.call_after_refresh(self._say_draft)  # no start waits for a file

    def on_came_back(self, message: CameBack) -> None:
        """The share had kept silent and answers again."""
        self._say(self.back.read(waiting=self._waited))
        self._redraw()

    def on_lock_held(self, message: LockHeld) -> None:
        """Somebody else's commit takes its time."""
        text = _("{who} is writing, {s} s. Your change is safe here.")
        self.notice(text.format(who=message.who, s=message.seconds))

    def on_read_failed(self, message: ReadFailed) -> None:
        """The last good picture stays; the header says how old it is."""
        first = self.freshness.failed(self.now(), message.error)
        if first:
            self.notice(self.error_text(message.error), error=True)
        self._redraw()
        if self.base is None:
            self.opened()

    def opened(self) -> None:
        """There is a board, or none will come soon: keys act and changes are painted."""
        self.opening.close()
        self.release_first_keys()
        # As soon as the widgets have told their screen, not at the next 1/60 s.
        self.screen.call_later(self.screen._on_timer_update)  # noqa: SLF001

    def _say_draft(self) -> None:
        """What an earlier session left typed, the newest of it, unless there is something else to say."""
        found = self.drafts.keys()
        board = self.state.board if self.state else None
        kept = [key for key in found if key.startswith(f"{self.me}:") and (board is None or stands(board, key))]
        if kept and not self.notices.current(self.now())[0]:
            self.notice(self.draft_text(kept[-1], self.drafts.get(kept[-1])))

    def on_acknowledged(self, message: Acknowledged) -> None:
        """The journal has it: the row shows so at once, behind that frame comes what else it changes."""
        front = self._front
        if self.state is not None and front is not None:
            waiting = self.state.waiting.union(*(self.state.held_by(each.operation) for each in message.recorded))
            front.paint_at_once(partial(_mark, front, waiting))
        self.set_timer(FRAME, partial(self._acknowledged, message))

    def _acknowledged(self, message: Acknowledged) -> None:
        """Draw it over the board; the panel may go on."""
        self._overlay()
        done, _failed = self._waiting.pop(message.token, (None, None))
        if done:
            done(message.recorded)

    def on_operation_refused(self, message: OperationRefused) -> None:
        """Nothing was recorded; what was typed stays."""
        _done, failed = self._waiting.pop(message.token, (None, None))
        self.notice(self.error_text(message.error), error=True)
        if failed:
            failed(message.error)

    def on_committed(self, message: Committed) -> None:
        """The file has it. What was lost or put aside is told."""
        refused = self.freshness.written()
        told = self.notices.of_commit(message.result, self.error_text, partial(self._won, message.result.board))
        sent, away = len(message.result.settled), self.freshness.read()
        self._say(self.back.wrote(sent, was_away=away, refused=refused))
        for each in told:
            self.notice(each)
        self._name_issues(message.result.settled)
        off = self.notices.clock_off(self.session.store.ahead)
        if off:
            self.notice(off, error=True)

    def _won(self, board: Board, one: Settled, loss: Loss) -> str:
        """What somebody had set while I wrote over it."""
        from tui.told import won

        state = self.base or self.state
        return won(state, board, one, loss, self.now(), history=self.key_of("history")) if state is not None else ""

    def tell_losses(self) -> None:
        """Values of mine that gave way to others', and at first what was put aside while nobody sat here."""
        from tui.told import Told

        if self.base is None:
            return
        self.told = self.told or Told(self.session.state_dir / "told", self.session.path)
        for text in self.told.tell(self.base, self.now(), self.key_of("inbox"), self.key_of("history")):
            self.notice(text)

    def _name_issues(self, settled: Sequence[Settled]) -> None:
        """A new issue has its number now: it is said behind what was said when it was recorded."""
        numbers = [n for one in settled if one.operation in RAISES for n in one.numbers.values()]
        said, error = self.notices.current(self.now())
        if numbers and not error:
            self.notice(f"{said} {_('New issue: {numbers}.').format(numbers=', '.join(numbers))}".strip())

    def on_commit_failed(self, message: CommitFailed) -> None:
        """The operations wait; the header says how many. The reason is said once."""
        self.freshness.not_written(self.now(), message.error)
        text = self.error_text(message.error)
        if self.notices.commit_failed(text) and self.freshness.offline_since is None:
            self.notice(text, error=isinstance(message.error, BoardReadOnly))
        self._redraw()

    def on_older_read(self, message: OlderRead) -> None:
        """History that left the board is at hand, or could not be read: who shows it draws it."""
        for each in (self.base, self.state):
            if each is not None:
                each.older = message.older
        if (front := self._front) is not None:
            front.show_history()

    def want_history(self, state: BoardState, about: frozenset[int], since: int = 0) -> None:
        """Have the history of these records read as far as it left the board; `since` as in `Engine.read_older`."""
        from store.views.older import lacking

        if lacking(state, about):
            self.engine.read_older(about, since)

    def forget_failed_history(self) -> None:
        """Older history that could not be read is tried again."""
        if self.state is not None and self.state.older is not None and self.state.older.failed is not None:
            self.state.older = None

    def on_company(self, message: Company) -> None:
        """Somebody came, went or changed their screen."""
        self.company = message.others
        self._redraw()

    def wake(self) -> None:
        """Once a minute: what began to lag meanwhile has clocks now. Else it costs a comparison."""
        woken = self.base.awake(self.now()) if self.base is not None else None
        if woken is not self.base:
            self.base = woken
            self._overlay()

    def _overlay(self) -> None:
        """Draw the changes that wait over the state of the file."""
        if self.base is None:
            return
        # A commit may be quicker than its acknowledgement: then nothing is pending, but the store's board is newer.
        board = self.session.store.shown()
        self.state = self.base if board is self.base.board else self.session.build(board, self.base)
        self._redraw()

    @property
    def _waited(self) -> bool:
        """Whether changes wait as far as is drawn: the writer may have sent them, and its word be on its way."""
        return self.state is not None and bool(self.state.board.pending)

    def _say(self, text: str) -> None:
        if text:
            self.notice(text)

    def _redraw(self) -> None:
        if (front := self._front) is not None:
            front.take_state()

    # Requests of screens ----------------------------------------------------------------------------

    def sit_down(self, name: str) -> None:
        """Somebody said who they are: from now on they sign, whatever `--as` or the settings say."""
        self.session.wanted = name
        if self.base is not None:
            self.base = self.session.build(self.base.board, self.base)
            self._overlay()

    def record(
        self, operations: Sequence[Operation], done: Done | None = None, failed: Failed | None = None, person: int = 0
    ) -> None:
        """Sign operations and hand them to the journal; `done` runs when they are safe on this machine."""
        self._tokens += 1
        self._waiting[self._tokens] = (done, failed)
        self.notices.recorded()
        signer = person or self.me or _introduced(operations)
        self.engine.record(self._tokens, operations, self.session.stamp(signer))

    def action_help_quit(self) -> None:
        """What Textual does on ctrl+c: say which key leaves. Here in the message row."""
        self.notice(_("no command on {key}; ? shows all").format(key="ctrl+c"))

    def tell(self, recorded: Sequence[Any]) -> None:
        """An entry is recorded and the panel closed: the cursor goes to what is new, and if nothing was said, what."""
        operations: list[Operation] = [each.operation for each in recorded]
        if operations and operations[0].adds and isinstance(self.screen, DeckScreen):
            self.screen.follow((operations[0].adds, operations[0].made()))
        if operations and self.state is not None and not self.notices.current(self.now())[0]:
            from tui.recorded import recorded_words

            self.notice(recorded_words(self.state.board, operations))


def _mark(front: DeckScreen, waiting: Collection[int]) -> None:
    for table in front.query(LiveTable):
        table.set_pending(waiting)


def _introduced(operations: Sequence[Operation]) -> int:
    """Who makes themselves known with these operations signs them."""
    first = operations[0] if operations else None
    return first.subject() if first is not None and first.anybody else 0
