"""The papers offices know, filled in from a board, in the reader's language (rulebook §9). No Textual, no files.

Every paper is a function of a `Desk` (what is looked at, by whom, when) that returns a `Paper`; which there are, of
what, and as which files stands in `tui.papers.every`.
"""
