"""The records of a board: frozen values, one class per table (rulebook §1-§7).

Conventions: a record is known by its doc id (a 53-bit integer, `id`, never stored inside the
document); references are doc ids; instants are epoch seconds (int); a field that was never given is
None or empty. What two people may edit at once is a record of its own. Annotations carry two facts
the engine reads: how a conflict on the field settles (`settle`: text, set or state; scalar when
absent) and which table a reference points into (`ref`).

Longer than other files by design: who asks what is stored finds all of it in one place.
"""

# Annotations are objects here, no text as elsewhere: msgspec would evaluate each, 10 ms of every start.
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Instant = Annotated[int, Meta(extra={"instant": True})]
"""Epoch seconds."""
Text = Annotated[str, Meta(extra={"settle": "text"})]
"""Long text: when two people changed it, both are kept."""

CardRef = Annotated[int, Meta(extra={"ref": "cards"})]
SubtaskRef = Annotated[int, Meta(extra={"ref": "subtasks"})]
DepartmentRef = Annotated[int, Meta(extra={"ref": "departments"})]
PersonRef = Annotated[int, Meta(extra={"ref": "people"})]
IssueRef = Annotated[int, Meta(extra={"ref": "issues"})]
MeetingRef = Annotated[int, Meta(extra={"ref": "meetings"})]
DutyRef = Annotated[int, Meta(extra={"ref": "duties"})]
MilestoneRef = Annotated[int, Meta(extra={"ref": "milestones"})]
EntryRef = Annotated[int, Meta(extra={"ref": "progress"})]
AgendaRef = Annotated[int, Meta(extra={"ref": "agenda"})]
LineRef = Annotated[int, Meta(extra={"ref": "lines"})]
SyncRef = Annotated[int, Meta(extra={"ref": "sync"})]
InputRef = Annotated[int, Meta(extra={"ref": "inputs"})]
SupportRef = Annotated[int, Meta(extra={"ref": "supports"})]
ArchivedRef = Annotated[int, Meta(extra={"ref": "archived"})]
IncidentRef = Annotated[int, Meta(extra={"ref": "incidents"})]

Category = Literal["project", "process_improvement", "problem_solving", "resource_coordination", "target_alignment"]
CardType = Literal["special", "routine", "urgent"]
Priority = Literal["high", "medium", "low"]
Stage = Literal["draft", "circulating", "active", "acceptance", "completed", "archived", "cancelled"]
Cadence = Literal["daily", "weekly", "realtime"]
Answer = Literal["pending", "confirmed", "objected", "signed"]
Status = Literal["not_started", "in_progress", "blocked", "awaiting_acceptance", "done", "cancelled"]
IssueKind = Literal["blocked", "warning", "dispute"]
IssueState = Literal["open", "acknowledged", "resolved"]
StepKind = Literal["raised", "acknowledged", "note", "escalated", "meeting", "resolved", "notified", "snoozed", "done"]
MeetingKind = Literal["kickoff", "progress", "coordination", "alignment", "review", "acceptance", "retro", "other"]
MeetingState = Literal["notice", "held", "draft", "in_review", "final", "cancelled"]
LineKind = Literal["point", "decision", "action"]
Presence = Literal["expected", "present", "absent"]
ReviewAnswer = Literal["confirmed", "comment"]
SyncKind = Literal["progress", "problem", "decision", "deliverable", "requirement_change"]
Recurrence = Literal["weekly", "monthly", "quarterly"]
Regular = Literal["", "daily", "weekly", "monthly"]
Gate = Literal["circulating", "active", "acceptance", "completed", "archived"]
Verdict = Literal["pass", "rectify", "fail"]
IncidentKind = Literal["stopped", "problem", "risk"]
SyncEvent = Literal["", "decision", "ruling", "requirement_change", "lag"]
Outcome = Literal["applied", "merged", "already", "aside"]


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of all records. `id` is the doc id, set by the Board when it decodes."""

    id: int = 0


class Department(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """部门: code, name, head and leader in charge."""

    name: str
    code: str = ""
    head: PersonRef | None = None
    leader: PersonRef | None = None
    removed_at: Instant | None = None


class Person(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A person; `organisation` is set for people from outside, who never must act."""

    name: str
    department: DepartmentRef | None = None
    organisation: str = ""
    phone: str = ""
    chat: str = ""
    logins: Annotated[tuple[str, ...], Meta(extra={"settle": "set"})] = ()
    left_at: Instant | None = None


class Card(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """任务卡. `number` is the id people see; `paper_number` the form it had on paper.

    `meeting_day` is a weekday (Monday 0) of a weekly regular meeting, a day of the month of a monthly one;
    `reminders` are the improvements of the card it recurs from.
    """

    name: str
    number: str = ""
    paper_number: str = ""
    project: str = ""
    category: Category = "project"
    type: CardType = "special"
    priority: Priority = "medium"
    stage: Annotated[Stage, Meta(extra={"settle": "state"})] = "draft"
    version: int = 0
    initiator: PersonRef | None = None
    initiating_department: DepartmentRef | None = None
    lead: PersonRef | None = None
    lead_department: DepartmentRef | None = None
    requester_contact: PersonRef | None = None
    acceptor: PersonRef | None = None
    acceptor_department: DepartmentRef | None = None
    tracker: PersonRef | None = None
    initiated_at: Instant | None = None
    background: Text = ""
    goal: Text = ""
    scope: Text = ""
    out_of_scope: Text = ""
    deliverables: Text = ""
    acceptance_criteria: Text = ""
    planned_start: Instant | None = None
    planned_finish: Instant | None = None
    resources: Text = ""
    resources_used: Text = ""
    budget: str = ""
    budget_used: str = ""
    mechanism: Text = ""
    cadence: Cadence = "daily"
    regular_meeting: Regular = ""
    meeting_day: int | None = None
    meeting_at: str = ""
    channel: str = ""
    urgent_contact: PersonRef | None = None
    answer_limit_hours: int | None = None
    response_limit_hours: int | None = None
    kickoff: bool = True
    kickoff_note: str = ""
    recurs: Recurrence | None = None
    previous: CardRef | None = None
    template: str = ""
    reminders: Text = ""
    notes: Text = ""
    created_at: Instant | None = None
    circulated_at: Instant | None = None
    activated_at: Instant | None = None
    division_at: Instant | None = None
    submitted_at: Instant | None = None
    completed_at: Instant | None = None
    archived_at: Instant | None = None
    reopened_at: Instant | None = None
    cancelled_at: Instant | None = None
    reason: str = ""


class Duty(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """职责 of one department on one card, with its answer and signature. A card's departments are its duties.

    `ticks` are what a confirmation ticked (duty, dates, resources); `signed_version` the card's version that was
    signed; `voided_at` when an edit made the signature void, `voided_by_edit` which field it was; `division_*` the
    signature under the division of work; `support_*` a supporting department's word at acceptance (配合部门确认);
    `question*` and `reply*` what it asked the requester contact (补充信息); `*_for` the head the administrator
    acted for.
    """

    card: CardRef
    department: DepartmentRef
    order: int = 0
    liaison: PersonRef | None = None
    work_lead: PersonRef | None = None
    role: str = ""
    action: Text = ""
    standard: Text = ""
    answer: Annotated[Answer, Meta(extra={"settle": "state"})] = "pending"
    asked_at: Instant | None = None
    answered_at: Instant | None = None
    answered_by: PersonRef | None = None
    answered_for: PersonRef | None = None
    answer_text: str = ""
    question: Text = ""
    question_at: Instant | None = None
    question_by: PersonRef | None = None
    reply: Text = ""
    reply_at: Instant | None = None
    reply_by: PersonRef | None = None
    signed_at: Instant | None = None
    signed_by: PersonRef | None = None
    signed_for: PersonRef | None = None
    means: str = ""
    ticks: tuple[str, ...] = ()
    liaison_registered_at: Instant | None = None
    liaison_registered_by: PersonRef | None = None
    signed_version: int = 0
    voided_at: Instant | None = None
    voided_by_edit: str = ""
    division_signed_at: Instant | None = None
    division_signed_by: PersonRef | None = None
    division_signed_for: PersonRef | None = None
    support_at: Instant | None = None
    support_by: PersonRef | None = None
    support_word: str = ""


class Milestone(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """里程碑 of a card or a subtask.

    `relative` is the date as it was typed when it hangs on another (第10个工作日, 评审后2日内) until it is one;
    `notice_days` how many days before it a change of it must be announced (None: it asks for no notice); `moved_from`
    the date its relative text came to before its event moved it, until that is announced.
    """

    card: CardRef
    subtask: SubtaskRef | None = None
    name: str
    due: Instant | None = None
    responsible: PersonRef | None = None
    department: DepartmentRef | None = None
    output: str = ""
    tentative: bool = False
    relative: str = ""
    notice_days: int | None = None
    change_announced_at: Instant | None = None
    moved_from: Instant | None = None
    registered_at: Instant | None = None
    reached_at: Instant | None = None


class Subtask(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """子任务: exactly one owner, percent 0-100; lagging, overdue and silent are derived, never stored.

    `revisions` counts how often it was sent back; `reviewers` are the departments of a joint review (联合评审);
    `answered_at` when its owner answered the three questions of §3 with `answers` (the ones said yes to);
    `registered_at` when its deliverable stood in the sync log; `gone` the numbers and names of what it referred to and
    what left for the archive since.
    """

    card: CardRef
    name: str
    number: str = ""
    paper_number: str = ""
    department: DepartmentRef | None = None
    owner: PersonRef | None = None
    collaborators: Annotated[tuple[PersonRef, ...], Meta(extra={"settle": "set"})] = ()
    inputs: Text = ""
    description: Text = ""
    standard: Text = ""
    deliverable: str = ""
    resources: Text = ""
    planned_start: Instant | None = None
    planned_finish: Instant | None = None
    depends_on: Annotated[tuple[SubtaskRef, ...], Meta(extra={"settle": "set"})] = ()
    reviewers: Annotated[tuple[DepartmentRef, ...], Meta(extra={"settle": "set"})] = ()
    most_revisions: int | None = None
    revisions: int = 0
    answers: tuple[str, ...] = ()
    answered_at: Instant | None = None
    percent: int = 0
    status: Annotated[Status, Meta(extra={"settle": "state"})] = "not_started"
    source_line: LineRef | None = None
    gone: tuple[str, ...] = ()
    created_at: Instant | None = None
    started_at: Instant | None = None
    handed_over_at: Instant | None = None
    registered_at: Instant | None = None
    done_at: Instant | None = None
    cancelled_at: Instant | None = None
    reason: str = ""


class Support(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Support needed from a department or a person, as typed after `@` (rulebook §4)."""

    department: DepartmentRef | None = None
    person: PersonRef | None = None
    name: str = ""
    text: str = ""


class ProgressEntry(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """进度记录. Only ever added; `replaces` names the entry it corrects or, `withdrawn`, takes back.

    `before` is the subtask's percent when it was recorded: what stands again if it is withdrawn. `due` is the
    result of the progress clock it closed (rulebook §8): the point it served, None if it owed nothing.
    """

    subtask: SubtaskRef
    at: Instant
    by: PersonRef
    percent: int | None = None
    before: int = 0
    unchanged: bool = False
    done: str = ""
    next: str = ""
    problem: str = ""
    supports: tuple[Support, ...] = ()
    replaces: EntryRef | None = None
    withdrawn: bool = False
    recorded_at: Instant | None = None
    due: Instant | None = None


class Position(Struct, frozen=True, kw_only=True, gc=False):
    """One side of a dispute."""

    department: DepartmentRef
    text: str


class Issue(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """问题: blocked report, warning or dispute (rulebook §5). Which text fields are used depends on `kind`.

    `became` is the blocked report of a warning that came true: it carries on with the event (one event, one clock).
    """

    kind: IssueKind
    card: CardRef
    subtask: SubtaskRef | None = None
    number: str = ""
    what: str = ""
    impact: str = ""
    tried: str = ""
    needed: str = ""
    risk: str = ""
    reason: str = ""
    scope: str = ""
    solution: str = ""
    over: str = ""
    positions: tuple[Position, ...] = ()
    since: Instant
    raised_at: Instant
    raised_by: PersonRef
    owner: PersonRef | None = None
    from_department: DepartmentRef | None = None
    department: DepartmentRef | None = None
    tier: Annotated[int, Meta(extra={"settle": "state"})] = 1
    tier_since: Instant
    state: Annotated[IssueState, Meta(extra={"settle": "state"})] = "open"
    responded_at: Instant | None = None
    acknowledged_at: Instant | None = None
    coordinated_at: Instant | None = None
    resolved_at: Instant | None = None
    decision: Text = ""
    resolution_department: DepartmentRef | None = None
    resolution_owner: PersonRef | None = None
    resolution_due: Instant | None = None
    resolution_done_at: Instant | None = None
    notified_at: Instant | None = None
    snoozed_until: Instant | None = None
    snoozed_by: PersonRef | None = None
    snooze_reason: str = ""
    source_entry: EntryRef | None = None
    became: IssueRef | None = None

    @property
    def title(self) -> str:
        """What it is about, in its own words: what happened, the risk, or what the dispute is over."""
        return self.what or self.risk or self.over


class IssueStep(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One step in an issue's history: who did what, when, with which words.

    `auto`: it moved up by itself when its tier ran out; `by` is then who had the board open. `on_behalf_of`: the
    executive for whom the administrator ruled.
    """

    issue: IssueRef
    kind: StepKind
    at: Instant
    by: PersonRef
    text: str = ""
    tier: int = 1
    auto: bool = False
    on_behalf_of: PersonRef | None = None


class LeftOut(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An open action item of an earlier meeting that an agenda leaves out: which, why, who said so and when."""

    line: LineRef
    reason: str
    by: PersonRef
    at: Instant


class Meeting(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """会议, tied to a card or an issue; `starts`/`ends` are planned, `ended_at` starts the minutes clocks.

    A `regular` one comes from its card's mechanism; `series` is the first of these (None: it is the first itself),
    `series_ended_at` when no more follow, `skipped` the starts since the one before that fell on days off. `left_out`
    are the carried action items that do not stand on its agenda, `carried` those that stood there when it became
    final; `no_answer` the reviewers who had said nothing then; `final_sent_*` who distributed the final minutes, and
    to whom; `gone` are the numbers and names of what it referred to and what left for the archive since.
    """

    kind: MeetingKind
    name: str
    number: str = ""
    card: CardRef | None = None
    issue: IssueRef | None = None
    goal: Text = ""
    starts: Instant
    ends: Instant | None = None
    place: str = ""
    chair: PersonRef | None = None
    recorder: PersonRef | None = None
    material_owner: PersonRef | None = None
    regular: bool = False
    series: MeetingRef | None = None
    series_ended_at: Instant | None = None
    skipped: tuple[Instant, ...] = ()
    gone: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    carried: tuple[LineRef, ...] = ()
    state: Annotated[MeetingState, Meta(extra={"settle": "state"})] = "notice"
    noticed_at: Instant | None = None
    notice_sent_at: Instant | None = None
    ended_at: Instant | None = None
    draft_at: Instant | None = None
    reviewed_at: Instant | None = None
    final_at: Instant | None = None
    no_answer: tuple[PersonRef, ...] = ()
    final_sent_at: Instant | None = None
    final_sent_by: PersonRef | None = None
    final_sent_to: tuple[PersonRef, ...] = ()
    cancelled_at: Instant | None = None
    reason: str = ""


class Attendance(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One person at one meeting: invited as main or observer, present or absent with reason and stand-in."""

    meeting: MeetingRef
    person: PersonRef
    observer: bool = False
    presence: Presence = "expected"
    reason: str = ""
    stand_in: PersonRef | None = None


class AgendaItem(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """议程: title, planned minutes, seconds used so far.

    `agreed` is with whom and when it was settled beforehand (会前对齐); `monthly` items stand on the first regular
    meeting of a month only.
    """

    meeting: MeetingRef
    order: int
    title: str
    minutes: int | None = None
    presenter: PersonRef | None = None
    used_seconds: int = 0
    finished: bool = False
    disagreement: Text = ""
    attachments: Text = ""
    agreed: str = ""
    monthly: bool = False


class MinutesLine(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A line of the minutes under an agenda item: point 要点, decision 决议 or action item 行动项.

    `gone` is the number and name of the subtask it became, once that left for the archive with its card.
    """

    meeting: MeetingRef
    item: AgendaRef
    order: int
    kind: LineKind
    text: Text
    who: str = ""
    department: DepartmentRef | None = None
    owner: PersonRef | None = None
    due: Instant | None = None
    due_text: str = ""
    standard: str = ""
    resources: str = ""
    subtask: SubtaskRef | None = None
    gone: tuple[str, ...] = ()


class Review(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One reviewer's answer to draft minutes: confirmed, or a comment; `by` is set when somebody answered for them.

    `changed_at` is when somebody else first changed the minutes after they were confirmed.
    """

    meeting: MeetingRef
    person: PersonRef
    answer: ReviewAnswer = "confirmed"
    text: Text = ""
    at: Instant
    by: PersonRef | None = None
    changed_at: Instant | None = None


class Amendment(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """更正: a numbered correction of final minutes, which stay as they are; `line` is the one it is about, if one."""

    meeting: MeetingRef
    number: int
    text: Text
    reason: str = ""
    line: LineRef | None = None
    at: Instant
    by: PersonRef


class SyncEntry(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """同步记录; without `sent_at` it is still to be sent.

    `notify` says that a rule wants it sent to all participants (its `notify` clock runs), `event` which event wrote
    it by itself; `restricted` that only topic and recipients are shown to others than `by` and `recipients`; a
    promise is its `promise_*`.
    """

    at: Instant
    topic: str
    content: Text = ""
    kind: SyncKind = "progress"
    card: CardRef | None = None
    by: PersonRef | None = None
    by_name: str = ""
    to: str = ""
    reference: str = ""
    note: str = ""
    recipients: Annotated[tuple[PersonRef, ...], Meta(extra={"settle": "set"})] = ()
    restricted: bool = False
    notify: bool = False
    event: SyncEvent = ""
    issue: IssueRef | None = None
    subtask: SubtaskRef | None = None
    promise_by: PersonRef | None = None
    promise: str = ""
    promise_due: Instant | None = None
    promise_done_at: Instant | None = None
    sent_at: Instant | None = None


class Gap(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One thing that was missing at a gate: the English template of `store.rules.gates` and what fills its places."""

    text: str
    fields: dict[str, str] = {}


class Pass(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A gate the lead passed although something was missing, with the reason; it stays visible (rulebook §2).

    `gaps` are what was missing, to be said in the reader's language; `missing` the same in English, in old entries.
    """

    card: CardRef
    gate: Gate
    gaps: tuple[Gap, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str
    by: PersonRef
    on_behalf_of: PersonRef | None = None
    at: Instant


class Attachment(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """附件 of a card or a subtask: name, version, link."""

    card: CardRef
    subtask: SubtaskRef | None = None
    name: str
    version: str = ""
    link: str = ""
    at: Instant | None = None
    by: PersonRef | None = None


class Seen(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One person named on a card has seen it and has no objection (人人看过)."""

    card: CardRef
    person: PersonRef
    at: Instant


class Letter(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """RACI of one department or person on one subtask; `letters` of R, A, C, I (one may hold several)."""

    subtask: SubtaskRef
    department: DepartmentRef | None = None
    person: PersonRef | None = None
    letters: str = ""


class Input(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """所需支持: what a subtask needs from another department, by when; received when its owner says so."""

    subtask: SubtaskRef
    what: str
    department: DepartmentRef | None = None
    supplier: PersonRef | None = None
    due: Instant | None = None
    received_at: Instant | None = None
    received_by: PersonRef | None = None
    cancelled_at: Instant | None = None
    note: str = ""


class CollaboratorScope(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one collaborator of a subtask provides (协作人及协作范围)."""

    subtask: SubtaskRef
    person: PersonRef
    scope: str = ""


class JointReview(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """联合评审: what a reviewing department says of a subtask; `revision` is how often it had been sent back then."""

    subtask: SubtaskRef
    department: DepartmentRef
    revision: int = 0
    by: PersonRef
    at: Instant
    text: Text = ""
    agrees: bool = True


class SupportRequest(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Support asked of a collaborator or a department (rulebook §8, `support`), answered or not.

    `declined` says that the answer was no; `cancelled_at` that the entry that asked was taken back.
    """

    subtask: SubtaskRef
    text: str = ""
    department: DepartmentRef | None = None
    person: PersonRef | None = None
    entry: EntryRef | None = None
    asked_at: Instant
    asked_by: PersonRef
    answered_at: Instant | None = None
    answered_by: PersonRef | None = None
    answer: str = ""
    declined: bool = False
    cancelled_at: Instant | None = None


class Incident(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What was noticed and is not reported yet: its `report_*` clock runs until the report it asks for stands (§5).

    `since` is when it stopped or was noticed; `issue`, `entry` or `sync` is the report that met it. One that is closed
    without any got worse (or was taken back): its clock is void, the stronger one of the event runs from then on.
    """

    subtask: SubtaskRef
    kind: IncidentKind
    text: str = ""
    since: Instant
    by: PersonRef
    closed_at: Instant | None = None
    issue: IssueRef | None = None
    entry: EntryRef | None = None
    sync: SyncRef | None = None


class Acceptance(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One round of acceptance of a card (rulebook §9): submitted, judged, to be rectified by a date.

    `support_words` are the supporting departments' words as they stood at submission, a line each. `verdict_for`: the
    acceptor for whom the administrator judged.
    """

    card: CardRef
    round: int = 1
    submitted_at: Instant
    submitted_by: PersonRef
    deliverables: Text = ""
    support_words: Text = ""
    acceptor: PersonRef | None = None
    verdict: Verdict | None = None
    verdict_at: Instant | None = None
    verdict_by: PersonRef | None = None
    verdict_for: PersonRef | None = None
    remarks: Text = ""
    rectify_by: Instant | None = None
    resubmitted_at: Instant | None = None


class Retro(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """复盘 of a card: what went well, what fell short, improvements; or why the lead waived it."""

    card: CardRef
    well: Text = ""
    short: Text = ""
    improvements: Text = ""
    waived: str = ""
    at: Instant
    by: PersonRef


class Archived(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What the board keeps of a card that went into `BOARD.archive/`, under the card's doc id.

    `file` is its name there, `digest` that of its records; the rest is what lists show and what it is found by:
    `inside` holds number and name of each subtask, issue and meeting that left with it.
    """

    number: str = ""
    paper_number: str = ""
    name: str
    project: str = ""
    priority: Priority = "medium"
    lead: PersonRef | None = None
    departments: tuple[DepartmentRef, ...] = ()
    people: tuple[PersonRef, ...] = ()
    inside: tuple[str, ...] = ()
    planned_finish: Instant | None = None
    completed_at: Instant | None = None
    archived_at: Instant
    archived_by: PersonRef
    file: str
    digest: str


class ClockResult(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The result of a clock at its closing (rulebook §8): never computed again, whatever changes later.

    `rule` is the rule value in force (`3 WD`); `calendar` names the region, its data and the board's own days used.
    """

    kind: str
    table: str
    subject: int
    card: int | None = None
    started: Instant | None = None
    due: Instant
    closed: Instant | None = None
    void: bool = False
    who: tuple[int, ...] = ()
    department: int | None = None
    rule: str = ""
    calendar: str = ""


class Setting(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One board setting that differs from its default; the key is the rule's id (rulebook, preface)."""

    key: str
    value: Any = None


class Counter(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Highest number ever given under a key; numbers are never used twice."""

    key: str
    value: int


class ClientRow(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The last operation of a client that is in the file: its number, the digest of it, the day."""

    client: str
    n: int
    digest: str = ""
    day: int = 0


class HistoryEntry(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One operation's place in the chain. The doc id counts up in file order, never in time order.

    `reasons` say in English why it was put aside, `why` the same as an `Aside` has it, for every other language.
    """

    client: str
    n: int
    operation: str
    by: int
    at: Instant
    recorded_at: Instant
    terminal: str = ""
    outcome: Outcome = "applied"
    subject: int = 0
    changes: tuple[tuple[Any, ...], ...] = ()
    lost: tuple[tuple[Any, ...], ...] = ()
    reasons: tuple[str, ...] = ()
    why: tuple[tuple[str, str, dict[str, Any]], ...] = ()
    payload: Any = None
    hash: str = ""

    @property
    def touched(self) -> set[int]:
        """Doc ids of everything it is about: what it is filed under, and every record it changed."""
        return {self.subject, *(change[2] for change in self.changes if len(change) > 2)}


class Aside(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An acknowledged operation that was refused when it was to be written: it waits for its author (design §3.4).

    `payload` holds its fields, `reasons` the sentences why not: code, English template, fields.
    """

    client: str
    n: int
    operation: str
    payload: Any = None
    by: int
    at: Instant
    recorded_at: Instant
    subject: int = 0
    reasons: tuple[tuple[str, str, dict[str, Any]], ...] = ()


class BoardMeta(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """`_meta`: first table of the file, under 512 bytes, read by every poll."""

    format: int
    board: str
    rev: int
    rid: str
    writer: str
    epoch: int
    name: str = ""


TABLES: dict[str, type[Record]] = {
    "settings": Setting,
    "people": Person,
    "departments": Department,
    "cards": Card,
    "duties": Duty,
    "milestones": Milestone,
    "subtasks": Subtask,
    "progress": ProgressEntry,
    "issues": Issue,
    "steps": IssueStep,
    "meetings": Meeting,
    "attendance": Attendance,
    "agenda": AgendaItem,
    "lines": MinutesLine,
    "reviews": Review,
    "amendments": Amendment,
    "sync": SyncEntry,
    "passes": Pass,
    "attachments": Attachment,
    "seen": Seen,
    "letters": Letter,
    "inputs": Input,
    "scopes": CollaboratorScope,
    "joint_reviews": JointReview,
    "supports": SupportRequest,
    "incidents": Incident,
    "acceptances": Acceptance,
    "retros": Retro,
    "results": ClockResult,
    "archived": Archived,
    "asides": Aside,
    "counters": Counter,
    "clients": ClientRow,
    "history": HistoryEntry,
}
"""Table name -> record class, in the order the file keeps them (after `_meta`)."""

FORMAT = 2
"""The file format this program writes; a higher one opens read-only."""
