"""Why words are vague, in the reader's language (rulebook §6): for the command line, entry panels and the minutes."""

from __future__ import annotations

from collections.abc import Mapping

from store.rules.wording import Finding, vague
from tui.i18n import Np_, _, p_
from tui.sentences import sentence

REASONS: Mapping[str, str] = {
    "when": Np_("vague", "by when?"),
    "amount": Np_("vague", "how much?"),
    "who": Np_("vague", "who exactly?"),
    "what": Np_("vague", "with what result?"),
    "standard": Np_("vague", "measured how?"),
    "commitment": Np_("vague", "is it promised?"),
    "open": Np_("vague", "what is decided?"),
    "board": Np_("vague", "on this board's list"),
}


def why_vague(finding: Finding) -> str:
    """What the words leave open, as a question."""
    return p_("vague", REASONS[finding.reason])


def noted(finding: Finding) -> str:
    """The words and what they leave open, where they only warn: points, risks, reasons, impacts."""
    return _('"{word}": {question}').format(word=finding.words, question=why_vague(finding))


def rewrite(finding: Finding) -> str:
    """The words, that they are vague, and the form a concrete sentence has: the sentence of `refuse.wording`."""
    return sentence(vague(finding.words))
