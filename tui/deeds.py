"""What an operation did, in the reader's language. No Textual."""

from __future__ import annotations

from store.operations.base import Operation, name_of
from store.records import HistoryEntry, IssueStep, ProgressEntry
from tui.i18n import Np_, _, p_

DEEDS = {
    "AcceptSubtask": Np_("deed", "accepted"),
    "Acknowledge": Np_("deed", "acknowledged"),
    "Activate": Np_("deed", "activated"),
    "AddAgendaItem": Np_("deed", "agenda item added"),
    "AddDepartment": Np_("deed", "department added"),
    "AddDuty": Np_("deed", "department put on the card"),
    "AddInput": Np_("deed", "input asked for"),
    "AddMilestone": Np_("deed", "milestone added"),
    "AddPerson": Np_("deed", "person added"),
    "AddSubtask": Np_("deed", "subtask added"),
    "AddSyncEntry": Np_("deed", "sync entry"),
    "AnnounceChange": Np_("deed", "change announced"),
    "AnswerQuestions": Np_("deed", "three questions answered"),
    "AnswerSupport": Np_("deed", "support answered"),
    "ArchiveCard": Np_("deed", "archived"),
    "AskSupport": Np_("deed", "support asked for"),
    "AutoEscalate": Np_("deed", "moved up by itself"),
    "CallMeeting": Np_("deed", "meeting called"),
    "CancelInput": Np_("deed", "input cancelled"),
    "CancelMeeting": Np_("deed", "meeting cancelled"),
    "ClearAside": Np_("deed", "put-aside change cleared"),
    "Circulate": Np_("deed", "circulated"),
    "ClaimLogin": Np_("deed", "login taken"),
    "Confirm": Np_("deed", "confirmed"),
    "ConfirmSupport": Np_("deed", "support confirmed"),
    "CorrectProgress": Np_("deed", "progress corrected"),
    "CreateCard": Np_("deed", "card made"),
    "EditAgendaItem": Np_("deed", "agenda item changed"),
    "EditCard": Np_("deed", "card changed"),
    "EditDepartment": Np_("deed", "department changed"),
    "EditDuty": Np_("deed", "duty changed"),
    "EditInput": Np_("deed", "input changed"),
    "EditMeeting": Np_("deed", "meeting changed"),
    "EditMilestone": Np_("deed", "milestone changed"),
    "EditPerson": Np_("deed", "person changed"),
    "EditSubtask": Np_("deed", "subtask changed"),
    "Escalate": Np_("deed", "escalated"),
    "FinaliseMinutes": Np_("deed", "minutes final"),
    "FollowUp": Np_("deed", "follow-up"),
    "GiveVerdict": Np_("deed", "verdict"),
    "HandOver": Np_("deed", "handed over"),
    "HoldMeeting": Np_("deed", "meeting held"),
    "ImportRecords": Np_("deed", "imported"),
    "KeepPromise": Np_("deed", "promise kept"),
    "MakeSubtask": Np_("deed", "action item made a subtask"),
    "MarkNotified": Np_("deed", "participants notified"),
    "MarkResolutionDone": Np_("deed", "decision carried out"),
    "MarkSent": Np_("deed", "marked sent"),
    "MoveAgendaItem": Np_("deed", "agenda item moved"),
    "Notice": Np_("deed", "noted"),
    "ObjectTo": Np_("deed", "objected"),
    "RaiseBlocked": Np_("deed", "blocked report"),
    "RaiseDispute": Np_("deed", "dispute raised"),
    "RaiseWarning": Np_("deed", "warning raised"),
    "ReachMilestone": Np_("deed", "milestone reached"),
    "ReceiveInput": Np_("deed", "input received"),
    "RecordLag": Np_("deed", "lag recorded"),
    "RecordProgress": Np_("deed", "progress"),
    "RecordRetro": Np_("deed", "retro recorded"),
    "RegisterDeliverable": Np_("deed", "deliverable registered"),
    "Reopen": Np_("deed", "reopened"),
    "ReopenArchived": Np_("deed", "reopened from the archive"),
    "Resolve": Np_("deed", "resolved"),
    "ResumeSubtask": Np_("deed", "back in progress"),
    "MergeCopy": Np_("deed", "copy merged"),
    "RepairBoard": Np_("deed", "board repaired"),
    "RestoreBoard": Np_("deed", "backup restored"),
    "TakeRecords": Np_("deed", "records taken over"),
    "Revert": Np_("deed", "undone"),
    "ReviewMinutes": Np_("deed", "minutes reviewed"),
    "AmendMinutes": Np_("deed", "minutes amended"),
    "LeaveOut": Np_("deed", "left out of the agenda"),
    "PlanRegular": Np_("deed", "regular meeting planned"),
    "SaveLines": Np_("deed", "minutes written"),
    "SendBack": Np_("deed", "sent back"),
    "SendDraft": Np_("deed", "draft sent"),
    "SetAttendance": Np_("deed", "attendance"),
    "SetLetters": Np_("deed", "RACI"),
    "ReviewSubtask": Np_("deed", "joint review"),
    "SetScope": Np_("deed", "collaborator"),
    "SetSetting": Np_("deed", "setting"),
    "AddAttachment": Np_("deed", "paper attached"),
    "AskAgain": Np_("deed", "asked again"),
    "AskInfo": Np_("deed", "information asked"),
    "LeaveBoard": Np_("deed", "left"),
    "MakeNext": Np_("deed", "next card made"),
    "RemoveDepartment": Np_("deed", "department closed"),
    "RemoveDuty": Np_("deed", "department taken off"),
    "Reply": Np_("deed", "replied"),
    "SaySeen": Np_("deed", "seen, no objection"),
    "Sign": Np_("deed", "signed"),
    "SignDivision": Np_("deed", "division signed"),
    "Snooze": Np_("deed", "snoozed"),
    "SubmitForAcceptance": Np_("deed", "submitted for acceptance"),
    "VoidCard": Np_("deed", "card voided"),
    "VoidSubtask": Np_("deed", "subtask voided"),
    "WaiveRetro": Np_("deed", "retro waived"),
    "WithdrawIncident": Np_("deed", "note taken back"),
    "WithdrawProgress": Np_("deed", "progress withdrawn"),
}
"""Operation -> what was done; one that is not here is shown by its name."""


STEP_WORDS = {
    "raised": Np_("step", "raised"),
    "acknowledged": Np_("step", "acknowledged"),
    "note": Np_("step", "follow-up"),
    "escalated": Np_("step", "escalated"),
    "meeting": Np_("step", "meeting"),
    "resolved": Np_("step", "resolved"),
    "notified": Np_("step", "notified"),
    "snoozed": Np_("step", "snoozed"),
    "done": Np_("step", "done"),
}
"""Kind of a step of an issue -> its word."""


def step_word(step: IssueStep) -> str:
    """What a step was; one that nobody took says so."""
    return _("moved up by itself") if step.auto else p_("step", STEP_WORDS[step.kind])


def deed(entry: HistoryEntry) -> str:
    """What was done."""
    return deed_word(entry.operation)


def deed_word(operation: str) -> str:
    """What an operation does; one without a word is called by its name."""
    known = DEEDS.get(operation)
    return p_("deed", known) if known else operation


def recorded_words(operation: Operation, subject: str) -> str:
    """`Recorded: escalated I-012.`, and of a report the percent it says: `Recorded: Q4营销-2026-001-1 65%.`."""
    name, percent = name_of(operation), getattr(operation, "percent", None)
    if name == "RecordProgress" and percent is not None:
        return _("Recorded: {id} {pct}%.").format(id=subject, pct=percent)
    return _("Recorded: {deed} {id}.").format(deed=deed_word(name), id=subject)


def report_words(entry: ProgressEntry) -> str:
    """A progress entry in one line, as it is typed: `60% done > next ! problem @support`."""
    parts = (percent_words(entry), said_words(entry), support_words(entry))
    return " ".join(part for part in parts if part).replace("\n", " ")


def percent_words(entry: ProgressEntry) -> str:
    """`60%`; `=` for unchanged, nothing where only words were given."""
    return "=" if entry.unchanged else f"{entry.percent}%" if entry.percent is not None else ""


def said_words(entry: ProgressEntry) -> str:
    """`done > next ! problem`, as far as they were said."""
    marked = (("", entry.done), ("> ", entry.next), ("! ", entry.problem))
    return " ".join(mark + text for mark, text in marked if text)


def support_words(entry: ProgressEntry) -> str:
    """`@销售部 渠道数据, @李强`: who is asked for what."""
    return ", ".join(f"@{each.name} {each.text}".strip() for each in entry.supports)
