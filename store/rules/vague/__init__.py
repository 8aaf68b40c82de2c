"""Vague words of minutes, modules per language (rulebook §6).

`WORDS` holds one regular expression a line (an indented line goes on with the one before), under the reason it is
caught for (`store.rules.wording.Reason`).
`<n>` stands for a number, `<date>` for a date, `<gap>` for a few characters of one clause, `<words>` for up to two
English words, `<bare>` (English) and `<loose>` (Chinese) for "and no number or day follows": improve X is vague,
improve X to 95% is not; in English a blank stands for any blanks. `[innocent]` names what holds such a word but is
not vague.
The longest match wins; case, full-width letters and the bounds of English words are `store.rules.word_lists`'s.
"""
