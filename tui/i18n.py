"""The words in the reader's language: English, 简体中文 or 繁體中文.

The English sentence is the message id. Wrap it where it is shown: `_("Recorded: {id} {pct}%.").format(id=..., pct=...)`
(never an f-string: it would be filled before it is looked up). A table that is built at import marks its words with
`N_` or `Np_` and translates them when it draws: `_(label)`, `p_("key", label)`. Where one English word needs two
translations it carries a context: `p_("issue", "open")` is a state, `p_("key", "open")` a verb. Record data is never
translated.

Before `choose` and without compiled catalogues everything is English. Only the standard library is used at run time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import UsageError

if TYPE_CHECKING:
    from gettext import GNUTranslations

LANGUAGES: Mapping[str, str] = {"en": "English", "zh_Hans": "简体中文", "zh_Hant": "繁體中文"}
"""Code of each language and the name it has in itself."""

_TRADITIONAL = {"tw", "hk", "mo", "hant"}
_LOCALES = Path(__file__).with_name("locale")


class _Chosen:
    """The one language of this process; a catalogue of None is English."""

    code = "en"
    catalogue: GNUTranslations | None = None


def parse(tag: str) -> str | None:
    """The code of ours for a language tag or locale name (`zh-CN`, `zh_TW.UTF-8`, `en_GB`, `C`); None if we lack it.

    Bare `zh` and Singapore read simplified characters; Taiwan, Hong Kong and Macao traditional ones.
    """
    parts = tag.strip().split(".")[0].split("@")[0].replace("-", "_").lower().split("_")
    if parts[0] in {"en", "c", "posix"}:
        return "en"
    if parts[0] == "zh":
        # A script outweighs a place: zh_Hans_HK is written in simplified characters.
        return "zh_Hant" if "hans" not in parts and _TRADITIONAL.intersection(parts) else "zh_Hans"
    return None


def detect(environ: Mapping[str, str]) -> str:
    """The code of the language the environment asks for: the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return parse(value) or "en"
    return "en"


def choose(lang: str | None = None) -> str:
    """Set the language of this process and return its code.

    `lang` is what `--lang` or the settings say; None or "" asks the environment. Raises UsageError for a language we
    do not have. A language without a compiled catalogue is shown in English.
    """
    code = parse(lang) if lang else detect(os.environ)
    if code is None:
        raise UsageError(
            'There is no language "{lang}". Use one of: {codes}.', code="lang", lang=lang, codes=", ".join(LANGUAGES)
        )
    _Chosen.code = code
    _Chosen.catalogue = None if code == "en" else _load(code)
    return code


def language() -> str:
    """The code of the language in use: `en`, `zh_Hans` or `zh_Hant`."""
    return _Chosen.code


def calendar_language() -> str:
    """The language of holidays' names, as calendars call it."""
    return {"zh_Hans": "zh_CN", "zh_Hant": "zh_TW"}.get(_Chosen.code, "en_US")


def _load(code: str) -> GNUTranslations | None:
    from gettext import GNUTranslations

    try:
        with (_LOCALES / code / "LC_MESSAGES" / "crossdeck.mo").open("rb") as compiled:
            return GNUTranslations(compiled)
    except FileNotFoundError:
        return None


def _(message: str) -> str:
    """The message in the chosen language, or itself."""
    # The empty id is the catalogue's own header.
    return _Chosen.catalogue.gettext(message) if _Chosen.catalogue and message else message


def p_(context: str, message: str) -> str:
    """As `_`, for a word that means different things in different contexts."""
    return _Chosen.catalogue.pgettext(context, message) if _Chosen.catalogue and message else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """As `_`, choosing by number; English has two forms, Chinese one."""
    if _Chosen.catalogue:
        return _Chosen.catalogue.ngettext(singular, plural, n)
    return singular if n == 1 else plural


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a mark
    """Mark a constant for the catalogues; it stays English until `_` shows it."""
    return message


def Np_(context: str, message: str) -> str:  # noqa: N802 - as N_
    """Mark a constant that `p_(context, message)` shows."""
    del context  # for the extraction only
    return message
