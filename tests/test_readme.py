from __future__ import annotations

from tests.key_table import README, with_table


def test_the_key_table_of_the_readme_is_that_of_the_registry() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "run: python -m tests.key_table"
