"""The parts of an Office package (xlsx, docx), read within bounds: XML is walked through, never held as a tree.

Entities are refused where they are declared, so none is ever expanded or fetched.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from typing import Final
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from store.errors import ImportProblem

MOST_UNPACKED = 300_000_000
"""A package that unpacks to more is a zip bomb, or no register."""
MOST_XML = 60_000_000
"""Its text alone, without pictures."""
MOST_ELEMENTS = 5_000_000
"""Of all parts that are read; a register of a million cells has three."""
MOST_PARTS = 10_000
DEEPEST: Final = 200
"""Elements inside each other; no paper nests a quarter as deep."""

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Said = Callable[[str], object]


class Package:
    """An opened package; parts are known by their path, whatever case and slashes their writer used."""

    def __init__(self, name: str, data: bytes, inside: str) -> None:
        """`inside` is the folder that tells its kind (`xl/`, `word/`).

        Raises ImportProblem: another kind of package, a password, or too large; and what zipfile raises on damage.
        """
        self.name = name
        self._elements = 0
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._parts = {_path(part.filename): part for part in self._archive.infolist()}
        if "[content_types].xml" not in self._parts or not any(path.startswith(inside) for path in self._parts):
            raise ImportProblem("{file} is not a spreadsheet or document. Import takes xlsx, docx and csv.", file=name)
        if any(part.flag_bits & 1 for part in self._parts.values()):
            raise ImportProblem("{file} is protected by a password. Save it without one.", file=name)
        sizes = [(path, part.file_size) for path, part in self._parts.items()]
        text = sum(size for path, size in sizes if path.endswith((".xml", ".rels")))
        whole = sum(size for _, size in sizes)
        if whole > MOST_UNPACKED or text > MOST_XML or len(self._archive.infolist()) > MOST_PARTS:
            raise self._too_large()

    def _too_large(self) -> ImportProblem:
        return ImportProblem("{file} unpacks to more than a register can hold; it was not read.", file=self.name)

    def has(self, path: str) -> bool:
        """Whether there is such a part."""
        return _path(path) in self._parts

    def walk(self, path: str, start: Start, end: End | None = None, said: Said | None = None) -> None:
        """Go through a part: `start` gets each element's name without its prefix and its attributes, `end` its name.

        Raises KeyError for a part that is not there, ImportProblem for entities, and what zipfile and the parser raise.
        """
        part = self._parts[_path(path)]
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile  # others ask for as much memory as they like before a byte is read
        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(_Walk(self._counted(start), end, said))
        try:
            with self._archive.open(part) as file:
                parser.parse(file)
        except DefusedXmlException as problem:
            why = "{file} declares XML entities, as no paper does; it was not read."
            raise ImportProblem(why, file=self.name) from problem

    def _counted(self, start: Start) -> Start:
        def counted(tag: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise self._too_large()
            start(tag, attributes)

        return counted

    def main(self) -> str:
        """The path of the part everything hangs on."""
        return next(target for kind, target in self.links("").values() if kind == "officeDocument")

    def links(self, path: str) -> dict[str, tuple[str, str]]:
        """Id -> (last word of its kind, path) of what a part, or the package ("") refers to."""
        folder, name = posixpath.split(path)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"].replace("\\", "/")))
                found[attributes["Id"]] = attributes["Type"].rpartition("/")[2], target.lstrip("/")

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.has(relations):
            self.walk(relations, start)
        return found


class _Walk(ContentHandler):
    """What a part says, without the prefixes of its names."""

    def __init__(self, start: Start, end: End | None, said: Said | None) -> None:
        super().__init__()
        self._start, self._end, self._said, self._depth = start, end, said, 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name SAX calls
        """Raises zipfile.BadZipFile where elements nest too deep."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise zipfile.BadZipFile
        self._start(name.rpartition(":")[2], dict(attrs))

    def endElement(self, name: str) -> None:  # noqa: N802 - the name SAX calls
        """One element is over."""
        self._depth -= 1
        if self._end is not None:
            self._end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        """Text of the element that is open."""
        if self._said is not None:
            self._said(content)


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
