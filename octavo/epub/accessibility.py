"""What the EPUB offers to readers who cannot see it, as its content shows (EPUB Accessibility 1.1, 2.2).

Nothing is claimed of a book that was not looked for in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from io import BytesIO

from octavo.diagnostics import Rule
from octavo.document import Heading, Image, Ruby, Section, plain_text, walk
from octavo.epub.package import Statement
from octavo.render.edition import Edition

# The conformance string that the specification asks for, letter by letter (3.5).
_STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_MOVING = (b"<animate", b"<set ", b"@keyframes")


def accessibility(edition: Edition, properties: Set[str], *, pages: bool) -> list[Statement]:
    """Return what is to be said.

    `properties` are those that the manifest gives to any of the files; `pages` tells that printed pages are marked.
    """
    pictures = [node for node in walk(edition.document, Image) if node.file]
    telling = [picture for picture in pictures if not picture.decorative]
    silent = [picture for picture in telling if not picture.spoken]
    moving = _moves(edition)
    modes = ["textual", "visual"] if telling else ["textual"]
    features = list(_features(edition, properties, described=bool(telling) and not silent))
    if pages:
        features += ["pageBreakMarkers", "pageNavigation"]
    return [
        *(Statement(name="schema:accessMode", value=mode) for mode in modes),
        Statement(name="schema:accessModeSufficient", value="textual,visual" if silent else "textual"),
        *(Statement(name="schema:accessibilityFeature", value=feature) for feature in features),
        *(Statement(name="schema:accessibilityHazard", value=hazard) for hazard in _hazards(moving)),
        Statement(name="schema:accessibilitySummary", value=_summary(edition, telling, silent)),
        *_claim(edition, [*_against(edition, silent, moving)]),
    ]


def _features(edition: Edition, properties: Set[str], *, described: bool) -> Iterator[str]:
    kinds = {type(node) for node in walk(edition.document, Section, Ruby)}
    yield "tableOfContents"
    yield "readingOrder"  # one column, in the order of the source
    yield "displayTransformability"  # no size, colour or family of the text is fixed
    yield "unlocked"
    yield "ARIA"
    if Section in kinds:
        yield "structuralNavigation"
    if described:
        yield "alternativeText"
    if "mathml" in properties:
        yield "MathML"
        yield "describedMath"  # each says in its alttext what it is in words
    if Ruby in kinds:
        yield "rubyAnnotations"


def _hazards(moving: bool) -> list[str]:
    if moving:
        return ["unknown"]  # how fast it flashes, nobody has measured; Ace has a typing error in the longer names
    return ["none"]


def _moves(edition: Edition) -> bool:
    """Tell whether a picture of the book moves, its cover included."""
    cover = edition.book.settings.book.cover
    files = [*edition.pictures, *([cover] if cover else [])]
    return any(_is_animated(file, edition.book.files.read_bytes(file, None)) for file in files)


def _is_animated(file: str, data: bytes) -> bool:
    if file.lower().endswith(".svg"):
        return any(mark in data for mark in _MOVING)
    from PIL import Image as Picture  # noqa: PLC0415 (many books have no pictures)

    with Picture.open(BytesIO(data)) as image:
        return bool(getattr(image, "is_animated", False))


def _summary(edition: Edition, telling: list[Image], silent: list[Image]) -> str:
    words = edition.words
    if not telling:
        return words.accessible
    return f"{words.accessible} {words.pictures_undescribed if silent else words.pictures_described}"


def _against(edition: Edition, silent: list[Image], moving: bool) -> Iterator[str]:
    """Yield what contradicts the claim that everybody can read the book."""
    if silent:
        yield f"the image “{silent[0].source}” has no text"
    if moving:
        yield "a picture moves"
    for node in walk(edition.document, Heading):
        if not node.number and not plain_text(node.children).strip():
            yield f"the heading in {node.position} has no text"
            return


def _claim(edition: Edition, against: list[str]) -> list[Statement]:
    """Return the claim, where somebody certifies it and nothing was found that contradicts it."""
    name = edition.book.settings.epub.certified_by
    if name is None:
        return []
    if against:
        place = edition.book.configuration.value(("epub", "certified_by"))
        message = f"the EPUB does not claim that everybody can read it: {against[0]}"
        edition.report.add(Rule.CLAIM_LEFT_OUT, place, message, "mend that, or take certified_by out")
        return []
    return [
        Statement(name="dcterms:conformsTo", value=_STANDARD, identifier="conformance"),
        Statement(name="a11y:certifiedBy", value=name, refines="conformance"),
    ]
