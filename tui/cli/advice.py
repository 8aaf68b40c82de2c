"""What to do about a refusal on the command line: the command that puts it right, in the words of its usage."""

from __future__ import annotations

from collections.abc import Mapping

from store.errors import CrossdeckError
from tui.cli.grammar import Words
from tui.i18n import N_, _

LACKS: Mapping[str, str] = {
    "signed": N_("each head: crossdeck confirm {card}, then crossdeck sign {card}"),
    "kickoff": N_('crossdeck edit {card} kickoff=no kickoff_note="why", or kickoff_note="held on ..."'),
    "liaison": N_("crossdeck edit {card}/DEPARTMENT liaison=NAME"),
    "duty": N_("crossdeck edit {card}/DEPARTMENT role=... action=... standard=..."),
    "initiating_department": N_("crossdeck edit {card} departments=NAME"),
    "departments": N_("crossdeck edit {card} departments=A,B"),
    "subtask": N_("crossdeck handover SUBTASK DELIVERABLE, then crossdeck accept SUBTASK"),
    "deliverable": N_("crossdeck handover SUBTASK DELIVERABLE, then crossdeck accept SUBTASK"),
    "support": N_("each supporting department: crossdeck confirm-support {card}"),
    "submitted": N_("crossdeck submit {card}"),
    "verdict": N_("crossdeck verdict {card} pass"),
    "retro": N_("crossdeck retro {card} --well ... --short ... --improvements ..., or --waive REASON"),
}
"""What a gate asks for -> the command that gives it; a field of the card: `crossdeck edit`."""

STAGES: Mapping[str, str] = {
    "circulating": N_("Send it out first: crossdeck circulate {card}."),
    "active": N_("Start it first: crossdeck activate {card}."),
    "acceptance": N_("Submit it first: crossdeck submit {card}."),
    "completed": N_("It needs the verdict pass first: crossdeck verdict {card} pass."),
}
"""Stage a card has to be in -> how it gets there."""
ORDER = ("draft", "circulating", "active", "acceptance", "completed", "archived")
CARD_VERBS = frozenset(
    {"confirm", "object", "ask", "sign", "activate", "submit", "verdict", "retro", "archive", "reopen", "circulate"}
)
"""Commands whose subject is a card with a stage."""


def advice(error: CrossdeckError, words: Words | None) -> str:
    """A sentence behind the refusal, with a blank before it; empty where the refusal says what to do itself."""
    if words is None:
        return ""
    if error.code.startswith("gate.") and "ids" in error.fields:
        return _of_gate(error, words)
    if error.code == "refuse.empty" and words.command.name != "do":
        return " " + _("Usage: {usage}").format(usage=words.command.usage)
    if error.code == "refuse.state" and words.command.name in CARD_VERBS:
        return _of_stage(error, words)
    return ""


def _of_gate(error: CrossdeckError, words: Words) -> str:
    """What gives each thing that is missing, and how the lead passes the gate."""
    card = words.text("card") or "CARD"
    ids = str(error.fields["ids"]).split(", ")
    said = [_(LACKS[each]) if each in LACKS else f"crossdeck edit {{card}} {each}=VALUE" for each in ids]
    ways = "; ".join(dict.fromkeys(said)).format(card=card)
    text = " " + _("To do: {ways}.").format(ways=ways)
    if "--reason" in words.command.options and error.code != "gate.complete":
        text += " " + _("Or its lead passes the gate: --reason TEXT, which stays on the card.")
    return text


def _of_stage(error: CrossdeckError, words: Words) -> str:
    """How a card that is not there yet gets to the stage a command needs."""
    state, needs = (str(error.fields.get(name, "")) for name in ("state", "needs"))
    first = needs.split(", ")[0]
    if state not in ORDER or first not in STAGES or ORDER.index(state) >= ORDER.index(first):
        return ""
    after = ORDER[min(ORDER.index(state) + 1, ORDER.index(first))]
    return " " + _(STAGES[after]).format(card=words.text("card") or "CARD")
