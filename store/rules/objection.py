"""An objection names the concrete change it asks for (rulebook §2): a bare no is none."""

from __future__ import annotations

import re
from typing import Final

_BARE: Final = """
不 不行 不可 不可以 不同意 不认可 不認可 不接受 不通过 不通過 不合适 不合適 不合理 不好 不能 不确认 不確認
不对 不對 否 否决 否決 反对 反對 有异议 有異議 异议 異議 有问题 有問題 拒绝 拒絕 再议 再議 再说 再說 重做
改 改一下 修改 需修改 需要修改 要改 再改
no nope objected objection object reject rejected refuse refused disagree disagreed change wrong bad never
no_way not_ok not_agreed change_it change_this i_object we_object i_disagree we_disagree please_change
"""
BARE: Final = frozenset(word.replace("_", " ") for word in _BARE.split())
"""Answers that say no and nothing else, in lower case."""
_AROUND: Final = re.compile(r"^[\W_]+|[\W_]+$")
_POLITE: Final = re.compile(r"^(?:我们部门|我們部門|我方|我们|我們|我|本部门|本部門|请|請)|[了的吧啊呢]+$")


def names_a_change(text: str) -> bool:
    """Whether an objection says more than no."""
    plain = _AROUND.sub("", text).casefold()
    return bool(plain) and plain not in BARE and _POLITE.sub("", plain) not in BARE
