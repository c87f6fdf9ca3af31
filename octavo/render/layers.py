"""Where templates and sheets are looked for: the book's own folders, those of its theme, and ours, one over the other.

The first that has a file of a name gives it. Such a file may stand upon the one of its name below it, as
`octavo/NAME`: a template extends or includes that, a sheet imports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from octavo.book import Book, Files
from octavo.diagnostics import Failure, Report, Rule, nearest

BELOW = "octavo/"
THEMES = "themes"
DEFAULT = "default"

_NAME = re.compile(r"\w[\w-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Hold one folder of templates or of sheets: `place` is what it is called in messages, `names` what is in it.

    `own` tells that it is the book's. `read` returns the text of a file, or None where there is none.
    """

    place: str
    own: bool
    names: frozenset[str]
    read: Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Hold a file that was found, what it is called in messages, and the layer it is in, counted from the top."""

    text: str
    file: str
    own: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Layers:
    """Hold the layers of templates or of sheets, the uppermost first."""

    layers: tuple[Layer, ...]

    def find(self, name: str, start: int = 0) -> Found | None:
        """Return the file of a name, where the layers above the one at `start` are left out."""
        for depth, layer in enumerate(self.layers[start:], start):
            if (text := layer.read(name)) is not None:
                return Found(text=text, file=f"{layer.place}/{name}", own=layer.own, depth=depth)
        return None

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all files that may be asked for: what is in the lowest layer, and in themes of ours."""
        return frozenset[str]().union(*(layer.names for layer in self.layers if not layer.own))


def shipped(folder: str) -> Path:
    """Return where `templates`, `styles`, `scripts` or `themes` are: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


@cache
def shipped_themes() -> tuple[str, ...]:
    """Return the names of the themes that Octavo has."""
    return (DEFAULT, *sorted(path.name for path in shipped(THEMES).iterdir() if path.is_dir()))


def shipped_layers(folder: str, theme: str = DEFAULT) -> Layers:
    """Return the layers of a book that has no files of its own."""
    return Layers((*_of_shipped_theme(theme, folder), _shipped(folder)))


def layers_of(book: Book, folder: str) -> Layers:
    """Return the layers of `templates` or of `styles` for a book."""
    theme = book.settings.theme.name
    inside = f"{THEMES}/{theme}/{folder}"
    of_theme = (_own(book.files, inside),) if _brings(book, theme) else _of_shipped_theme(theme, folder)
    return Layers((_own(book.files, folder), *of_theme, _shipped(folder)))


def check_theme(book: Book, report: Report) -> None:
    """Report a theme that neither Octavo has nor the book brings along."""
    name = book.settings.theme.name
    if name in shipped_themes() or _brings(book, name):
        return
    brought = {path.partition("/")[0] for path in book.files.below(THEMES) if path.count("/") > 1}
    report.add(
        Rule.THEME_UNKNOWN,
        book.configuration.value(("theme", "name")),
        f"there is no theme “{name}”",
        nearest(name, [*shipped_themes(), *sorted(brought)])
        or f"these come with Octavo: {', '.join(shipped_themes())}; one of the book's own is a folder in {THEMES}/",
    )


def _brings(book: Book, theme: str) -> bool:
    """Tell whether the book has a theme of this name, with a template or a sheet in it."""
    if not _NAME.fullmatch(theme):
        return False
    return any(book.files.below(f"{THEMES}/{theme}/{folder}") for folder in ("templates", "styles"))


def _own(files: Files, folder: str) -> Layer:
    @cache
    def read(name: str) -> str | None:
        try:
            return files.read_text(f"{folder}/{name}", None)
        except Failure as failure:
            if failure.diagnostic.rule is Rule.FILE_MISSING:
                return None
            raise

    return Layer(place=folder, own=True, names=frozenset(files.below(folder)), read=read)


def _of_shipped_theme(theme: str, folder: str) -> tuple[Layer, ...]:
    return (_shipped(f"{THEMES}/{theme}/{folder}"),) if theme in shipped_themes()[1:] else ()


@cache
def _shipped(folder: str) -> Layer:
    top, _, rest = folder.partition("/")
    root = shipped(top) / rest
    files: Mapping[str, Path] = {
        path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file() and path.suffix
    }

    @cache
    def read(name: str) -> str | None:
        return files[name].read_text("utf-8") if name in files else None

    return Layer(place=folder, own=False, names=frozenset(files), read=read)
