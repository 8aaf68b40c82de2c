"""The words and forms of dates in Chinese and English, for half-width lower-case text (see `people_dates`)."""

from __future__ import annotations

import re
import unicodedata

WEEK_ZH = "一二三四五六日"
WEEK_EN = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
WEEK_EN_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1,
    "今天": 0, "今日": 0, "today": 0,
    "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
WEEKS = {"上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
SECONDS = {"h": 3600, "小时": 3600, "m": 60, "分钟": 60}
PER_DAY = {"d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "星期": 7}
DATE_AHEAD = (
    r"[0-9０-９]{1,4}[-－/／.．年月:：点點][0-9０-９]|[+＋][0-9０-９]|[今明后後][天日]|"
    rf"[本这這下]?(?:周|週|星期|礼拜|禮拜)[{WEEK_ZH}天]|(?i:next |today|tomorrow|{WEEK_EN})"
)
"""Regular expression of how a date begins, for the line grammar's `《` (a mark only where a date follows)."""

SIMPLER = str.maketrans("國後週禮號點時個內這截—–−‐", "国后周礼号点时个内这截----")
MINGUO = re.compile(r"^民国\s*(\d{1,3})\s*年")
"""A year of the Republic of China: 1 is 1912."""
PART_OF_DAY = re.compile(r"([今明后昨])([早晚])(?=\s*\d)")
"""`今晚8点`: a day and the part of it in short."""
AROUND = re.compile(r"\s*([年月日号点时周个])\s*")
BEFORE = re.compile(r"^(?:(?:by|before|until|till|due|on)\s+|截止到?|[于至到])\s*")
AFTER = re.compile(r"\s*(?:下班)?(?:之前|以前|为止|截止|前|止)?$")
AMOUNT = re.compile(
    r"(?P<sign>[+-])?\s*(?P<n>\d{1,4})\s*(?P<unit>wds?|working days?|workdays?|个?工作日|"
    r"hours?|hrs?|h|个?小时|minutes?|mins?|m|分钟|days?|d|天|日|weeks?|w|周|个?星期)"
    r"\s*(?P<side>以?[内后]|之[内后]|以?前|之前|ago|later)?"
)
YMD = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")
MD = re.compile(r"(\d{1,2})(?:[-/.]|月)(\d{1,2})[日号]?")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
ENGLISH = re.compile(
    rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<m>{_MONTH})\.?"
    r"(?:\s+(?P<e>\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(?P<y>\d{4}))?"
)
WEEKDAY = re.compile(
    rf"[(]?(?:(?P<week>下下|上|本|这|下|next|this|last)\s*个?)?"
    rf"(?:(?:周|星期|礼拜)(?P<zh>[{WEEK_ZH}天])|\b(?P<en>{WEEK_EN})\b\.?,?)[)]?"
)
SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")


def simple(text: str) -> str:
    """A text in half-width lower case with one form for each word, without blanks beside 年 and 月, in our years."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().translate(SIMPLER)
    plain = MINGUO.sub(lambda year: f"{int(year[1]) + 1911}年", plain)
    plain = PART_OF_DAY.sub(r"\1天\2上", plain)
    return AROUND.sub(r"\1", plain)
