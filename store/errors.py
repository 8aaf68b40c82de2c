"""Everything that can go wrong, as sentences that say what, where and what to do.

An error carries the English sentence as a template and its fields apart, so that the screen can
translate the template (`error.message.format(**error.fields)`) and still show record text as it is.
"""

from __future__ import annotations

from typing import Any


class CrossdeckError(Exception):
    """Base of all errors a person may see.

    `message` is an English template with named places, `fields` fills them. `code` is the stable id
    of the sentence (see the words table in the user guide), for `--json` and for tests.
    """

    code = "error"

    def __init__(self, message: str, *, code: str | None = None, **fields: Any) -> None:
        """Keep the template and its fields; `str(error)` is the finished English sentence."""
        self.message = message
        self.fields = fields
        if code is not None:
            self.code = code
        super().__init__(message.format(**fields) if fields else message)


class Refused(CrossdeckError):
    """An operation that may not happen now. Nothing was recorded."""

    code = "refused"


class DateProblem(Refused):
    """A text that cannot be read as a date; see `store.rules.people_dates`.

    `code` is `date.` and the reason: `unknown`, `no_such_day`, `weekday`, `out_of_range`. The field
    `value` holds the text, cut to 60 characters.
    """

    code = "date.unknown"

    @property
    def value(self) -> str:
        """The text that could not be read."""
        return str(self.fields["value"])

    @property
    def reason(self) -> str:
        """Why, as one word."""
        return self.code.removeprefix("date.")


class ImportProblem(CrossdeckError):
    """A file that cannot be imported, or a cell in one that cannot be read; see `store.exchange`."""

    code = "import"


class UsageError(CrossdeckError):
    """The words of a command are off (exit code 2)."""

    code = "usage"


class SettingError(CrossdeckError):
    """A setting has a value that cannot be used."""

    code = "setting"


class NotFound(Refused):
    """A number, name or id stands for nothing on this board."""

    code = "not_found"


class BoardUnavailable(CrossdeckError):
    """The board file cannot be reached now; what was recorded waits in the journal."""

    code = "unavailable"


class BoardReadOnly(CrossdeckError):
    """The file is there but must not be written: torn, foreign, newer, damaged or without permission."""

    code = "readonly"


def as_sentence(error: Exception) -> CrossdeckError:
    """Any error as one a person may see, also one nobody foresaw."""
    if isinstance(error, CrossdeckError):
        return error
    return CrossdeckError("This went wrong inside crossdeck: {kind}: {why}.", kind=type(error).__name__, why=str(error))
