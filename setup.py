"""Builds what is not committed: the compiled message catalogues. Everything else is declared in pyproject.toml."""

from __future__ import annotations

from babel.messages.frontend import CommandLineInterface
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Compiles tui/locale/*/LC_MESSAGES/*.po to .mo beside them, then builds; an editable install runs it too."""

    def run(self) -> None:
        """Compile, then collect the packages and their data."""
        CommandLineInterface().run(["pybabel", "-q", "compile", "-d", "tui/locale", "-D", "crossdeck"])
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
