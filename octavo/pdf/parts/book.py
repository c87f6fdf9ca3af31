"""A book in parts → its PDF: which parts it has, which have to be laid out again, until all numbers are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from functools import cached_property, partial
from pathlib import Path

from octavo.diagnostics import Report, Rule
from octavo.pdf.page_breaks import breaks_of
from octavo.pdf.parts.compile import compile_part
from octavo.pdf.parts.faces import write_face
from octavo.pdf.parts.fonts import by_file, united
from octavo.pdf.parts.furniture import frame_of
from octavo.pdf.parts.guess import guessed
from octavo.pdf.parts.kept import Kept
from octavo.pdf.parts.link import link
from octavo.pdf.parts.linking import Linked
from octavo.pdf.parts.margins import Margins
from octavo.pdf.parts.numbers import are_right, drawn_digits
from octavo.pdf.parts.places import Placing
from octavo.pdf.parts.plain import Artifact, Face, Glyphs, Job, Where
from octavo.pdf.parts.pool import Workers, alone, results
from octavo.pdf.parts.source import Part, Printing, Source, Written
from octavo.pdf.parts.whole import NotApartError, check_apart
from octavo.pdf.warnings import report_heard
from octavo.pdf.wide_tables import fits_of, report_wide_tables
from octavo.render.index import Page
from octavo.render.page_breaks import PageBreaks

_ROUNDS = 5


def write_apart(printing: Printing, parts: Mapping[Part, Written], path: Path, workers: Workers) -> PageBreaks | None:
    """Write a book in parts, and return where its pages begin; None where it can only be laid out in one piece.

    `parts` come with what is written of them, where nothing is known of pages; `workers` lay out most of them.
    """
    try:
        check_apart(sheet.text for sheet in printing.sheets)
        return _Build(printing, parts, workers).write(path)
    except BrokenExecutor:  # a process was ended from outside, most likely for want of memory
        return write_apart(printing, parts, path, Workers(1))
    except NotApartError as why:
        message = f"the PDF is laid out in one piece, which takes longer: {why}"
        printing.edition.report.add(Rule.PDF_IN_ONE_PIECE, None, message)
        return None


class _Build:
    """Lay out parts until each prints the numbers that are right, and link them."""

    def __init__(self, printing: Printing, parts: Mapping[Part, Written], workers: Workers) -> None:
        self._printing = printing
        self._written = parts
        self._parts: Sequence[Part] = tuple(parts)
        self._workers = workers
        self._source = Source(printing, parts)
        self._identifier = printing.identifier("".join(self._source.markup(part, {}) for part in parts))
        self._kept = Kept(self._source.sheets)
        self._jobs: dict[Part, Job] = {}
        self._made: dict[Part, Artifact] = {}

    def write(self, path: Path) -> PageBreaks:
        placing = self._settle()
        self._report()
        margins, glyphs = self._margins.of(placing, self._workers.executor)
        digits = (each for part in placing.artifacts for each in drawn_digits(part.numbers, placing.where))
        fonts = united([*(drawn for part in placing.artifacts for drawn in part.fonts), *digits, *glyphs])
        linked = Linked(
            placing=placing,
            margins=margins,
            fonts=self._fonts(fonts),
            version="1.7",
            identifier=self._identifier,
        )
        path.write_bytes(link(linked))
        begins = (self._source.begins(self._parts[page.part], page.leaf.begins) for page in placing.pages)
        return breaks_of(zip(begins, placing.folios, placing.labels, strict=True), frozenset(placing.where))

    def _fonts(self, drawn: Iterable[Glyphs]) -> list[Face]:
        files = by_file(drawn)
        keys = [self._kept.face_key(file) for file in files]
        faces = [self._kept.face(key) for key in keys]
        # Those with most glyphs first, as with parts.
        lacking = sorted((n for n, face in enumerate(faces) if face is None), key=lambda n: -len(files[n][0].texts))
        write = partial(alone, write_face, self._source.sheets)
        written = self._workers.executor(0).map(write, [files[n] for n in lacking])
        for n, face in zip(lacking, written, strict=True):
            faces[n] = face
            self._kept.keep_face(keys[n], face)
        return [face for face in faces if face is not None]

    @cached_property
    def _margins(self) -> Margins:
        return Margins(frame_of(self._jobs[self._parts[0]].markup), self._kept)

    # Layout

    def _settle(self) -> Placing:
        """Lay out all parts, and again those that print numbers which turn out to be others, or fitted tables."""
        pages: dict[str, Where] = {}
        order: dict[str, Page] = {}
        # What prints the numbers of pages comes when they are known.
        later = [part for part in self._parts if part.contents or self._source.has_index(part)]
        contents = [part for part in later if part.contents]
        self._compile([part for part in self._parts if part not in later], pages, order, contents=contents)
        for _ in range(_ROUNDS):
            self._join()
            placing = Placing([self._made[part] for part in self._parts if part in self._made])
            pages = placing.where
            order = {name: Page(placing.order[name], where.label) for name, where in pages.items()}
            if not (stale := [part for part in self._parts if self._is_stale(part, pages, order)]):
                return placing
            # Most of what stands around pages is right already, for contents and what is before them count apart.
            draw = partial(self._margins.draw, placing, self._workers.executor)
            self._compile(stale, pages, order, draw if self._workers.have_begun else None)
        raise NotApartError("the numbers of its pages do not come to rest")

    def _join(self) -> None:
        """Lay out parts together where a note goes on behind the last page of the first, among the text of the next."""
        parts = list(self._parts)
        for index in range(len(parts) - 1, 0, -1):
            made = self._made.get(parts[index - 1])
            if made is not None and made.leaves[-1].kind.blank and parts[index].chapters and parts[index - 1].chapters:
                parts[index - 1 : index + 1] = [parts[index - 1].with_next(parts[index])]
        lacking = [part for part in parts if part.chapters and part not in self._made and part not in self._parts]
        self._parts = parts
        if lacking:
            self._compile(lacking, {}, {})
            self._join()

    def _is_stale(self, part: Part, pages: Mapping[str, Where], order: Mapping[str, Page]) -> bool:
        made = self._made.get(part)
        if made is None or not _is_right(made, pages):
            return True
        if more := fits_of(table for table in made.wide if table.place not in self._source.fitted):
            self._source.fitted = {**self._source.fitted, **more}
            return True
        return self._source.has_index(part) and self._source.markup(part, order) != self._jobs[part].markup

    def _compile(
        self,
        parts: Iterable[Part],
        pages: Mapping[str, Where],
        order: Mapping[str, Page],
        meanwhile: Callable[[], object] | None = None,
        *,
        contents: Sequence[Part] = (),
    ) -> None:
        """Lay out parts, and among them `contents`, as soon as it can be told how long the numbers in them are."""
        lacking = self._lacking(parts, pages, order)
        executor = self._workers.executor(sum(len(self._jobs[part].markup) for part in lacking))
        ahead = self._workers.ahead
        queue = self._queue(lacking, contents if ahead else ())
        jobs = ((part, self._jobs[part]) for part in queue)
        for part, artifact in results(executor, partial(alone, compile_part), jobs, ahead, meanwhile):
            self._made[part] = artifact
            self._kept.keep_part(lacking[part], artifact)

    def _lacking(self, parts: Iterable[Part], pages: Mapping[str, Where], order: Mapping[str, Page]) -> dict[Part, str]:
        """Take those that are kept; return the others, with what each is to be filed under."""
        lacking: dict[Part, str] = {}
        for part in parts:
            job = self._jobs[part] = self._source.job(part, pages, order)
            key = self._kept.key(job)
            kept = self._kept.part(key)
            # Where nothing is known of pages yet, those of the last build are the best guess; they are looked at later.
            if kept is not None and (not pages or _is_right(kept, pages)):
                self._made[part] = kept
            else:
                lacking[part] = key
        return lacking

    def _queue(self, lacking: dict[Part, str], contents: Sequence[Part]) -> Iterator[Part]:
        """Yield what is lacking, each when there is room for it, with `contents` among it."""
        waiting = list(lacking)
        while contents and waiting:
            if pages := guessed(self._parts, self._made, self._written):
                more = self._lacking(contents, pages, {})
                lacking |= more
                yield from more
                break
            yield waiting.pop(0)
        # The longest first: so no process waits long for the last.
        yield from sorted(waiting, key=lambda part: -len(self._jobs[part].markup))

    # What is found in them

    def _report(self) -> None:
        report = Report()
        made = [self._made[part] for part in self._parts]
        report_heard(made[0].said, self._printing.sheets, report)
        report_wide_tables([table for artifact in made for table in artifact.wide], self._source.fitted, report)
        for artifact in made:
            for found in artifact.found:
                report.take(found)
        for found in report:
            self._printing.edition.report.take(found)


def _is_right(artifact: Artifact, pages: Mapping[str, Where]) -> bool:
    """Tell whether the numbers of pages that a part prints are those."""
    return all(pages.get(name) == taken for name, taken in artifact.asked.items()) and are_right(
        artifact.numbers, pages
    )
