"""Everything that Octavo can say about a book, and where it says it.

In: a rule, a place in the source and the words of one finding. Out: a sorted list of diagnostics.
This module imports nothing of ours, so that every stage may report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from enum import Enum, StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Name a place: a `file` in the book's folder, and `line` and `column`, which count from 1, in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """Tell what a diagnostic does to the build: stops it, stops it under --strict, or never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(Enum):
    """Name every kind of diagnostic with its severity.

    The list is closed: each member has a page under `octavo/explanations/` and a case that raises it.
    """

    # The command line and the folder
    PATH_NOT_FOUND = "path-not-found", Severity.ERROR
    BOOK_EMPTY = "book-empty", Severity.ERROR
    FILE_MISSING = "file-missing", Severity.ERROR
    FILE_UNREADABLE = "file-unreadable", Severity.ERROR
    FILE_OUTSIDE_BOOK = "file-outside-book", Severity.ERROR
    FILE_TOO_LARGE = "file-too-large", Severity.ERROR
    FILE_NOT_REGULAR = "file-not-regular", Severity.ERROR
    NOT_UTF8 = "not-utf8", Severity.ERROR
    CHARACTER_REMOVED = "character-removed", Severity.WARNING
    OUTPUT_REFUSED = "output-refused", Severity.ERROR
    CACHE_REFUSED = "cache-refused", Severity.NOTE

    # Configuration and front matter
    CONFIGURATION_SYNTAX = "configuration-syntax", Severity.ERROR
    CONFIGURATION_KEY = "configuration-key", Severity.ERROR
    CONFIGURATION_VALUE = "configuration-value", Severity.ERROR
    FRONT_MATTER_SYNTAX = "front-matter-syntax", Severity.ERROR
    FRONT_MATTER_VALUE = "front-matter-value", Severity.ERROR
    TITLE_ASSUMED = "title-assumed", Severity.WARNING
    LANGUAGE_ASSUMED = "language-assumed", Severity.NOTE
    DATE_ASSUMED = "date-assumed", Severity.NOTE

    # The text
    INCLUDE_NOT_FOUND = "include-not-found", Severity.ERROR
    INCLUDE_CYCLE = "include-cycle", Severity.ERROR
    FORMAT_UNKNOWN = "format-unknown", Severity.ERROR
    COUNTERPART_MISSING = "counterpart-missing", Severity.ERROR
    VARIABLE_UNKNOWN = "variable-unknown", Severity.ERROR
    NESTING_TOO_DEEP = "nesting-too-deep", Severity.ERROR
    RAW_HTML_LEFT_OUT = "raw-html-left-out", Severity.WARNING
    SYNTAX_LEFT_OVER = "syntax-left-over", Severity.WARNING
    ATTRIBUTE_UNKNOWN = "attribute-unknown", Severity.WARNING
    ABBREVIATION_DUPLICATE = "abbreviation-duplicate", Severity.WARNING
    HEADING_EMPTY = "heading-empty", Severity.WARNING
    HEADING_LEVEL_SKIPPED = "heading-level-skipped", Severity.WARNING
    NUMBER_UNEXPECTED = "number-unexpected", Severity.WARNING
    TABLE_IRREGULAR = "table-irregular", Severity.WARNING
    IDENTIFIER_DUPLICATE = "identifier-duplicate", Severity.ERROR
    IDENTIFIER_RESERVED = "identifier-reserved", Severity.ERROR
    LINK_NOT_FOUND = "link-not-found", Severity.ERROR
    LINK_NOT_ALLOWED = "link-not-allowed", Severity.WARNING
    REFERENCE_NOT_FOUND = "reference-not-found", Severity.ERROR
    REFERENCE_UNNAMED = "reference-unnamed", Severity.ERROR
    REFERENCE_NUMBER_NOT_FOUND = "reference-number-not-found", Severity.WARNING
    REFERENCE_UNKNOWN = "reference-unknown", Severity.NOTE
    BIBLIOGRAPHY_SYNTAX = "bibliography-syntax", Severity.ERROR
    BIBLIOGRAPHY_VALUE = "bibliography-value", Severity.WARNING
    BIBLIOGRAPHY_DUPLICATE = "bibliography-duplicate", Severity.ERROR
    CITATION_STYLE = "citation-style", Severity.ERROR
    CITATION_NOT_FOUND = "citation-not-found", Severity.ERROR
    CITATION_AMBIGUOUS = "citation-ambiguous", Severity.ERROR
    CITATION_FAILED = "citation-failed", Severity.ERROR
    CITATIONS_LEFT_OUT = "citations-left-out", Severity.WARNING
    ENTRY_UNCITED = "entry-uncited", Severity.NOTE
    IMAGE_NOT_FOUND = "image-not-found", Severity.ERROR
    IMAGE_UNUSABLE = "image-unusable", Severity.ERROR
    IMAGE_REMOTE = "image-remote", Severity.WARNING
    IMAGE_WITHOUT_TEXT = "image-without-text", Severity.WARNING
    TERM_NOT_FOUND = "term-not-found", Severity.WARNING
    TERM_DUPLICATE = "term-duplicate", Severity.WARNING
    INDEX_ENTRY_EMPTY = "index-entry-empty", Severity.WARNING
    INDEX_ENTRY_NOT_FOUND = "index-entry-not-found", Severity.WARNING
    INDEX_RANGE = "index-range", Severity.WARNING
    INDEX_FAILED = "index-failed", Severity.ERROR
    DIAGRAM_FAILED = "diagram-failed", Severity.ERROR
    DIAGRAM_LEFT_AS_CODE = "diagram-left-as-code", Severity.NOTE
    FORMULA_COMMAND = "formula-command", Severity.ERROR
    FORMULA_WRONG = "formula-wrong", Severity.ERROR
    FORMULA_LABEL = "formula-label", Severity.WARNING
    FORMULA_NUMBER = "formula-number", Severity.WARNING
    FORMULA_LEFT_AS_TEX = "formula-left-as-tex", Severity.WARNING
    LISTING_RANGE = "listing-range", Severity.ERROR
    FENCE_UNCLOSED = "fence-unclosed", Severity.WARNING
    LISTING_INFO = "listing-info", Severity.WARNING
    NOTE_NOT_FOUND = "note-not-found", Severity.ERROR
    NOTE_DUPLICATE = "note-duplicate", Severity.ERROR
    NOTE_UNUSED = "note-unused", Severity.WARNING

    # Passes of the book's own
    PASS_UNTRUSTED = "pass-untrusted", Severity.ERROR
    PASS_FAILED = "pass-failed", Severity.ERROR
    PASS_RESULT = "pass-result", Severity.ERROR
    PASS_WARNING = "pass-warning", Severity.WARNING

    # Templates, styles and the page
    FILE_NOT_USED = "file-not-used", Severity.WARNING
    TEMPLATE_FAILED = "template-failed", Severity.ERROR
    STYLE_BROKEN = "style-broken", Severity.ERROR
    THEME_UNKNOWN = "theme-unknown", Severity.ERROR
    TOKEN_UNKNOWN = "token-unknown", Severity.ERROR
    FONT_MISSING = "font-missing", Severity.ERROR
    FONT_NOT_FOUND = "font-not-found", Severity.WARNING
    GLYPH_MISSING = "glyph-missing", Severity.ERROR
    LIBRARY_MISSING = "library-missing", Severity.ERROR
    LAYOUT_FAILED = "layout-failed", Severity.ERROR
    PATCH_LEFT_OUT = "patch-left-out", Severity.WARNING
    IMAGE_COARSE = "image-coarse", Severity.NOTE
    PDF_IN_ONE_PIECE = "pdf-in-one-piece", Severity.NOTE
    LAYOUT_WARNING = "layout-warning", Severity.WARNING
    TABLE_FITTED = "table-fitted", Severity.NOTE
    TABLE_TOO_WIDE = "table-too-wide", Severity.WARNING

    CLAIM_LEFT_OUT = "claim-left-out", Severity.WARNING
    FONTS_EMBEDDED = "fonts-embedded", Severity.NOTE

    # The site
    REDIRECT_NOT_FOUND = "redirect-not-found", Severity.ERROR
    REDIRECT_TAKEN = "redirect-taken", Severity.ERROR

    # The finished outputs
    CHECK_TEXT_MISSING = "check-text-missing", Severity.ERROR
    CHECK_LINK_BROKEN = "check-link-broken", Severity.ERROR
    CHECK_PARITY = "check-parity", Severity.ERROR
    CHECK_OUTPUT_UNREADABLE = "check-output-unreadable", Severity.ERROR
    CHECK_ALTERNATIVE = "check-alternative", Severity.WARNING
    CHECK_ALTERNATIVE_CAPTION = "check-alternative-caption", Severity.NOTE
    CHECK_ALTERNATIVE_LOST = "check-alternative-lost", Severity.ERROR
    CHECK_LINE_EDGE = "check-line-edge", Severity.WARNING
    CHECK_LINE_SHORT = "check-line-short", Severity.WARNING
    CHECK_LINE_GAP = "check-line-gap", Severity.NOTE
    CHECK_INDENT = "check-indent", Severity.WARNING
    CHECK_HEADING_LAST = "check-heading-last", Severity.WARNING
    CHECK_PAGE_SPARSE = "check-page-sparse", Severity.WARNING
    CHECK_TYPE_AREA = "check-type-area", Severity.WARNING
    CHECK_PAGE_NUMBER = "check-page-number", Severity.ERROR
    CHECK_FONT = "check-font", Severity.WARNING
    CHECK_GLYPH = "check-glyph", Severity.ERROR
    CHECK_LAYOUT = "check-layout", Severity.NOTE
    JUDGE_ERROR = "judge-error", Severity.ERROR
    JUDGE_WARNING = "judge-warning", Severity.WARNING
    JUDGE_NOTE = "judge-note", Severity.NOTE
    JUDGE_MISSING = "judge-missing", Severity.NOTE
    JUDGE_SILENT = "judge-silent", Severity.ERROR

    def __init__(self, identifier: str, severity: Severity) -> None:
        self.identifier = identifier
        self.severity = severity

    def __str__(self) -> str:
        return self.identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """State one finding: the rule, the place, the words, and how to mend it."""

    rule: Rule
    position: Position | None
    message: str
    hint: str | None = None

    @property
    def sort_key(self) -> tuple[Position, str, str]:
        """Order findings by place; those without one come first."""
        return (self.position or Position("", 0, 0), self.rule.identifier, self.message)

    @property
    def facts(self) -> dict[str, str | int | None]:
        """Return what machines are told of it, but for how severe a build takes it; they rely on the keys."""
        return {"rule": str(self.rule), **facts_of(self.position), "message": self.message, "hint": self.hint}


def facts_of(position: Position | None) -> dict[str, str | int | None]:
    """Return what machines are told of a place, or of the lack of one."""
    return dict.fromkeys(("file", "line", "column")) if position is None else asdict(position)


class Failure(Exception):
    """Carry the diagnostic after which a stage cannot go on."""

    def __init__(self, rule: Rule, position: Position | None, message: str, hint: str | None = None) -> None:
        self.diagnostic = Diagnostic(rule=rule, position=position, message=message, hint=hint)
        super().__init__(message)

    def __reduce__(self) -> tuple[type[Failure], tuple[Rule, Position | None, str, str | None]]:
        """Let it come from another process."""
        found = self.diagnostic
        return Failure, (found.rule, found.position, found.message, found.hint)


@dataclass(slots=True)
class Report:
    """Collect diagnostics while the stages go on, each one once. `strict` takes warnings for errors."""

    strict: bool = False
    _found: dict[Diagnostic, None] = field(default_factory=dict)
    # By what is said of them, the places of findings that are told once, with the hint at each.
    _gathered: dict[tuple[Rule, str], dict[Position, str | None]] = field(default_factory=dict)

    def add(self, rule: Rule, position: Position | None, message: str, hint: str | None = None) -> None:
        """Take in one finding."""
        self._found[Diagnostic(rule=rule, position=position, message=message, hint=hint)] = None

    def take(self, diagnostic: Diagnostic) -> None:
        """Take in a finding that was made elsewhere."""
        self._found[diagnostic] = None

    def gather(self, rule: Rule, position: Position, message: str, hint: str | None = None) -> None:
        """Take in one finding of many that want no mending one by one: the first is told, and how many there are."""
        self._gathered.setdefault((rule, message), {})[position] = hint

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted((*self._found, *self._firsts()), key=lambda found: found.sort_key))

    def _firsts(self) -> Iterator[Diagnostic]:
        for (rule, message), places in self._gathered.items():
            first = min(places)
            told = f"{message} (the first of {len(places)})" if len(places) > 1 else message
            yield Diagnostic(rule=rule, position=first, message=told, hint=places[first])

    def severity_of(self, diagnostic: Diagnostic) -> Severity:
        """Return how severe a finding is in this build."""
        severity = diagnostic.rule.severity
        return Severity.ERROR if self.strict and severity is Severity.WARNING else severity

    @property
    def failed(self) -> bool:
        """Tell whether an error was found."""
        return any(self.severity_of(found) is Severity.ERROR for found in (*self._found, *self._firsts()))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word nearest to `name`, or None."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean “{close[0]}”?" if close else None
