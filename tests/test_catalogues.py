"""The catalogues are complete, and the words come in the language asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from store.errors import UsageError
from tests import catalogues
from tui import i18n

CHINESE = ("zh_Hans", "zh_Hant")


def test_every_language_but_english_has_a_catalogue() -> None:
    assert {path.parent.parent.name for path in catalogues.paths()} == set(i18n.LANGUAGES) - {"en"}


@pytest.mark.parametrize("path", catalogues.paths(), ids=lambda path: path.parent.parent.name)
def test_every_message_in_the_source_is_translated(path: Path) -> None:
    found = catalogues.messages(catalogues.extract())
    left = list(catalogues.problems(found, catalogues.messages(catalogues.read(path))))
    assert not left, "run `make catalogues`, then translate in {}:\n{}".format(path.name, "\n".join(left))


@pytest.mark.parametrize("path", catalogues.paths(), ids=lambda path: path.parent.parent.name)
def test_a_catalogue_is_as_make_catalogues_writes_it(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.parent.parent.name / "LC_MESSAGES" / path.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(path.read_bytes())
    catalogues.update(copy, {}, prune=False)
    assert copy.read_bytes() == path.read_bytes(), "not sorted or not in the one form: run `make catalogues`"


def test_the_extraction_sees_every_kind_of_mark_and_the_errors_of_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tui").mkdir()
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "errors.py").write_text("class Refused(Exception): ...\n")
    (tmp_path / "store" / "a.py").write_text(
        'raise errors.Refused("No {x}. " "Try y.", code="no", x=1)\nRefused(text, code="q")\n'
    )
    (tmp_path / "tui" / "b.py").write_text(
        '_("plain")\nN_("mark")\np_("key", "open")\nNp_("issue", "open")\nngettext("{n} day", "{n} days", n)\n_(name)\n'
        "f\"{_('inside')} {n}\"\n"
    )
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    assert set(catalogues.messages(catalogues.extract())) == {
        ("No {x}. Try y.", ""), ("plain", ""), ("mark", ""), ("open", "key"), ("open", "issue"), ("{n} day", ""),
        ("inside", ""),
    }  # fmt: skip


def test_an_update_adds_keeps_and_prunes(tmp_path: Path) -> None:
    po = tmp_path / "zh_Hans" / "LC_MESSAGES" / "crossdeck.po"
    po.parent.mkdir(parents=True)
    po.write_text(
        catalogues.HEADER.replace("{code}", "zh_Hans")
        + '\nmsgid "old {n}"\nmsgstr "旧 {n}"\n\nmsgid "gone"\nmsgstr "无"\n',
        "utf-8",
    )
    found = Catalog()
    for message in ("old {n}", "a new one"):
        found.add(message)
    wanted = catalogues.messages(found)
    assert catalogues.update(po, wanted, prune=False) == 1
    after = catalogues.messages(catalogues.read(po))
    assert [key[0] for key in after] == ["a new one", "gone", "old {n}"]
    assert after["old {n}", ""].string == "旧 {n}"
    assert list(catalogues.problems(wanted, after)) == ["not translated: 'a new one'"]
    catalogues.update(po, wanted, prune=True)
    assert [key[0] for key in catalogues.messages(catalogues.read(po))] == ["a new one", "old {n}"]


@pytest.mark.parametrize(("english", "chinese"), [("{n} of {m}", "{n}"), ("{n}", "{m}"), ("{}", "{}")])
def test_a_translation_with_other_places_is_found(english: str, chinese: str) -> None:
    found, done = Catalog(), Catalog()
    found.add(english)
    done.add(english, chinese)
    assert len(list(catalogues.problems(catalogues.messages(found), catalogues.messages(done)))) == 1


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"), ("en_GB.UTF-8", "en"), ("C", "en"), ("POSIX", "en"), ("C.UTF-8", "en"),
        ("zh", "zh_Hans"), ("zh_CN.UTF-8", "zh_Hans"), ("zh-SG", "zh_Hans"), ("zh_Hans_HK", "zh_Hans"),
        ("zh_TW", "zh_Hant"), ("zh-HK", "zh_Hant"), ("zh_MO.BIG5", "zh_Hant"), ("ZH-HANT", "zh_Hant"),
        ("fr", None), ("", None),
    ],
)  # fmt: skip
def test_language_tags(tag: str, code: str | None) -> None:
    assert i18n.parse(tag) == code


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh_Hant"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh_Hans"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_environment_decides_in_order(environ: dict[str, str], code: str) -> None:
    assert i18n.detect(environ) == code


def test_choose_asks_the_environment_only_when_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert (i18n.choose(), i18n.language()) == ("zh_Hant", "zh_Hant")
    assert i18n.choose("en") == "en"
    with pytest.raises(UsageError, match="fr"):
        i18n.choose("fr")


def test_words_follow_the_language_chosen_later() -> None:
    label = i18n.Np_("key", "open")
    seen = []
    for code in i18n.LANGUAGES:
        i18n.choose(code)
        seen.append(
            (i18n.p_("key", label), i18n.p_("issue", "open"), i18n._(i18n.N_("Nothing waits for you.")), i18n._(""))
        )
    assert seen == [
        ("open", "open", "Nothing waits for you.", ""),
        ("打开", "未响应", "没有待你处理的事。", ""),
        ("開啟", "未回應", "沒有待你處理的事。", ""),
    ]


@pytest.mark.parametrize("code", CHINESE)
def test_an_unknown_message_stays_english(code: str) -> None:
    i18n.choose(code)
    assert i18n._("no such sentence") == i18n.p_("key", "no such sentence") == "no such sentence"
    assert i18n.ngettext("{n} xyz", "{n} xyzs", 2) == "{n} xyzs"


def test_without_a_compiled_catalogue_words_are_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_LOCALES", tmp_path)
    assert i18n.choose("zh_Hans") == "zh_Hans"
    assert i18n._("Nothing waits for you.") == "Nothing waits for you."
    assert i18n.ngettext("day", "days", 1) == "day"
