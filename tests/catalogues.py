"""The message catalogues: found in the source, kept sorted and without dates, so that two branches merge.

`python -m tests.catalogues update` adds the new English messages to every catalogue, `... prune` also drops the ones no
source uses. Translations are written into tui/locale/*/LC_MESSAGES/crossdeck.po by hand; `make` compiles them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import escape, read_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "tui" / "locale"
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: crossdeck\n"
"Language: {code}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"""

Mark = tuple[str | tuple[str, str] | None, str | None]
"""(words, context) of a call that marks a message; None where it is given no literal."""
Key = tuple[str, str]
"""(message id, context or ""): what makes a message one message."""


def paths() -> list[Path]:
    """The catalogues there are."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/crossdeck.po"))


def marks() -> Mapping[str, Callable[..., Mark]]:
    """What marks a message, and how its words stand: the functions of tui.i18n, errors, what the doctor finds."""
    errors = ast.parse((ROOT / "store" / "errors.py").read_text("utf-8")).body
    plain = {"_", "N_", *(node.name for node in errors if isinstance(node, ast.ClassDef))}
    return {
        **dict.fromkeys(plain, lambda text, *_rest: (text, None)),
        **dict.fromkeys(("p_", "Np_"), lambda context, text: (text, context)),
        "Diagnosis": lambda _check, _level, text, *_rest: (text, None),
        "ngettext": lambda one, many, *_rest: ((one, many), None),
    }


def extract() -> Catalog:
    """All messages marked in the source of store and tui.

    The syntax tree is read, not the text: until Python 3.12 what stands inside an f-string is one token with it.
    """
    known, found = marks(), Catalog()
    for source in sorted(file for package in ("store", "tui") for file in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (mark := known.get(_name(node.func))):
                said = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
                words, context = mark(*said) if said else (None, None)
                if isinstance(words, str) or (words and all(words)):
                    found.add(words, context=context)
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def read(path: Path) -> Catalog:
    """One catalogue; its folder names the language."""
    with path.open("rb") as po:
        return read_po(po, locale=path.parent.parent.name)


def messages(catalog: Catalog) -> Mapping[Key, Message]:
    """The messages of a catalogue without its header."""
    return {key(message): message for message in catalog if message.id}


def key(message: Message) -> Key:
    """Plural messages are known by their singular."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context or "")


def texts(message: Message) -> list[str]:
    """The translations of a message: one, or one per plural form; [""] or [] when there is none."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def places(text: str) -> set[str]:
    """The names between braces of a format string."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def problems(found: Mapping[Key, Message], translated: Mapping[Key, Message]) -> Iterator[str]:
    """One line for each found message that has no translation, or one with other places than the English."""
    for this, message in found.items():
        label = f"{this[0]!r}" + (f" ({this[1]})" if this[1] else "")
        wanted = places(this[0]) if isinstance(message.id, str) else places(message.id[1])
        theirs = texts(translated[this]) if this in translated else []
        if not any(theirs):
            yield f"not translated: {label}"
        elif "" in wanted:
            yield f"place without a name: {label}"
        elif any(places(text) != wanted for text in theirs):
            yield f"other places than {sorted(wanted)}: {label}"


def update(path: Path, found: Mapping[Key, Message], *, prune: bool) -> int:
    """Write a catalogue anew with every message found; returns how many are new. Without `prune` unused ones stay."""
    old = messages(read(path))
    kept = {k: m for k, m in old.items() if k in found or not prune}
    merged = {**found, **kept}
    blocks = [HEADER.replace("{code}", path.parent.parent.name), *(_block(merged[k]) for k in sorted(merged))]
    path.write_text("\n".join(blocks), encoding="utf-8", newline="\n")
    return len(merged) - len(kept)


def _block(message: Message) -> str:
    lines = [f"msgctxt {escape(message.context)}"] if message.context else []
    if isinstance(message.id, str):
        lines += [f"msgid {escape(message.id)}", f"msgstr {escape(''.join(texts(message)))}"]
    else:
        lines += [f"msgid {escape(message.id[0])}", f"msgid_plural {escape(message.id[1])}"]
        lines += [f"msgstr[0] {escape(next(iter(texts(message)), ''))}"]
    return "\n".join(lines) + "\n"


def compile_stale() -> None:
    """Compile the catalogues if one is newer than its compiled form."""
    compiled = [(path.with_suffix(".mo"), path) for path in paths()]
    if any(not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime for mo, po in compiled):
        frontend: Any = CommandLineInterface()  # Babel's commands carry no types
        frontend.run(["pybabel", "-q", "compile", "-d", str(LOCALES), "-D", "crossdeck"])


def main(arguments: list[str]) -> int:
    """Update or prune every catalogue and say what is left to translate; exit code 2 for other words."""
    if arguments not in (["update"], ["prune"]):
        print("usage: python -m tests.catalogues update|prune", file=sys.stderr)
        return 2
    found = messages(extract())
    for path in paths():
        new = update(path, found, prune=arguments == ["prune"])
        left = list(problems(found, messages(read(path))))
        print(f"{path.relative_to(ROOT)}: {len(found)} messages in use, {new} new, {len(left)} to translate")
    compile_stale()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
