"""The tree of tags → objects of the PDF: structure elements, the parent tree, and artifacts in the page streams."""

from __future__ import annotations

from typing import Any

import pydyf

from octavo.pdf.attached import AttachedFormulas
from octavo.pdf.marks import Annotation, Artifact, Kid, Mark, Tag
from octavo.pdf.tags import TagTree
from octavo.pdf.vocabulary import ONLY_EARLIER, ROLE_MAP

_ARTIFACTS = {
    Artifact.HEADER: {"Type": "/Pagination", "Subtype": "/Header"},
    Artifact.FOOTER: {"Type": "/Pagination", "Subtype": "/Footer"},
    Artifact.REPEATED: {"Type": "/Pagination"},
    Artifact.LAYOUT: {"Type": "/Layout"},
}
NAMESPACES = {"2.0": "http://iso.org/pdf2/ssn", "1.7": "http://iso.org/pdf/ssn"}


def write_structure(pdf: Any, tree: TagTree, streams: list[Any], *, modern: bool) -> dict[Tag, bytes]:
    """Add the tags to a PDF whose pages are drawn and not yet written; return where each of them is.

    `modern` says that the file is one of PDF 2.0.
    """
    complete_streams(streams, tree)
    writer = TagWriter(pdf, modern=modern)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    root["K"] = pydyf.Array([writer.write(tree.root, root.reference)])
    parents = pydyf.Dictionary({"Nums": writer.parent_tree(len(streams))})
    pdf.add_object(parents)
    root["ParentTree"] = parents.reference
    if writer.identifiers:
        root["IDTree"] = pydyf.Dictionary({"Names": writer.identifier_tree()})
    writer.complete(root)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    return {tag: element.reference for tag, element in writer.elements.items()}


def complete_streams(streams: list[Any], tree: TagTree) -> None:
    """Complete the marked content of all pages: what is an artifact, and what stands for another text."""
    texts: dict[int, dict[int, str]] = {}
    for mark, text in tree.texts.items():
        texts.setdefault(mark.page, {})[mark.number] = text
    for page, stream in enumerate(streams):
        complete(stream, tree.artifacts[page], texts.get(page, {}))


def complete(stream: Any, artifacts: dict[int, Artifact], texts: dict[int, str]) -> None:
    """Complete the marked content of a page: in its stream it is a name, a dictionary with a number, and BDC."""
    operations = stream.stream
    for index, operation in enumerate(operations):
        number = operation.get("MCID") if isinstance(operation, dict) else None
        if number in artifacts:
            operations[index - 1] = "/Artifact"
            operations[index] = pydyf.Dictionary(_ARTIFACTS[artifacts[number]])
        elif number in texts:
            operation["ActualText"] = pydyf.String(texts[number])


class TagWriter:
    """Write tags, and remember what each mark and each annotation belongs to."""

    def __init__(self, pdf: Any, *, modern: bool) -> None:
        self._pdf = pdf
        self._formulas = AttachedFormulas(pdf)
        self._namespaces = {name: self._namespace(NAMESPACES[name]) for name in NAMESPACES} if modern else {}
        self._pages = pdf.page_references  # asked once: the library counts all pages at every question
        self._marks: dict[Mark, bytes] = {}
        self._annotations: list[tuple[Any, bytes]] = []
        self.identifiers: dict[str, bytes] = {}
        self.elements: dict[Tag, Any] = {}

    def _namespace(self, address: str) -> bytes:
        namespace = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(address)})
        self._pdf.add_object(namespace)
        reference: bytes = namespace.reference
        return reference

    @property
    def annotations(self) -> list[tuple[Any, bytes]]:
        """Return the annotations that tags hold, each with the reference of its tag."""
        return self._annotations

    def write(self, tag: Tag, parent: bytes) -> bytes:
        """Add a tag and all below it; return its reference."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag.role}", "P": parent})
        self._pdf.add_object(element)
        self.elements[tag] = element
        reference: bytes = element.reference
        if self._namespaces:
            element["NS"] = self._namespaces["1.7" if tag.role in ONLY_EARLIER else "2.0"]
        page = next((kid.page for kid in tag.kids if not isinstance(kid, Tag)), None)
        if page is not None:
            element["Pg"] = self._pages[page]
        if tag.language:
            element["Lang"] = pydyf.String(tag.language)
        if tag.alternative:
            element["Alt"] = pydyf.String(tag.alternative)
        if tag.expansion:
            element["E"] = pydyf.String(tag.expansion)
        if tag.mathml and self._namespaces:
            element["AF"] = pydyf.Array([self._formulas.reference(tag.mathml)])
        if tag.identifier:
            element["ID"] = pydyf.String(tag.identifier)
            self.identifiers[tag.identifier] = reference
        if tag.attributes:
            element["A"] = pydyf.Dictionary(
                {key: pydyf.Array(value) if isinstance(value, list) else value for key, value in tag.attributes.items()}
            )
        element["K"] = pydyf.Array([self._kid(kid, reference, page) for kid in tag.kids])
        return reference

    def complete(self, root: Any) -> None:
        """Write what can be said once all tags are there: what they refer to, and what their types are."""
        if self._namespaces:
            root["Namespaces"] = pydyf.Array(self._namespaces.values())
            for tag, element in self.elements.items():
                if tag.refers:
                    element["Ref"] = pydyf.Array([self.elements[other].reference for other in tag.refers])
            return
        used = {tag.role for tag in self.elements}
        if mapped := {role: f"/{known}" for role, known in ROLE_MAP.items() if role in used}:
            root["RoleMap"] = pydyf.Dictionary(mapped)

    def _kid(self, kid: Kid, parent: bytes, page: int | None) -> Any:
        if isinstance(kid, Tag):
            return self.write(kid, parent)
        if isinstance(kid, Mark):
            self._marks[kid] = parent
            if kid.page == page:
                return kid.number
            return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.number})
        return self._annotation(kid, parent)

    def _annotation(self, kid: Annotation, parent: bytes) -> Any:
        self._annotations.append((kid.annotation, parent))
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": self._pages[kid.page]})

    def identifier_tree(self) -> Any:
        """Return the elements that have an identifier, in the order of these."""
        names = pydyf.Array()
        for identifier, reference in sorted(self.identifiers.items()):
            names += [pydyf.String(identifier), reference]
        return names

    def parents(self, pages: int) -> list[list[bytes | None]]:
        """Return for each page the tags of its marks, in the order of their numbers."""
        by_page: list[dict[int, bytes]] = [{} for _ in range(pages)]
        for mark, reference in self._marks.items():
            by_page[mark.page][mark.number] = reference
        return [[found.get(number) for number in range(max(found, default=-1) + 1)] for found in by_page]

    def parent_tree(self, pages: int) -> Any:
        """Return the numbers of the parent tree: an array for each page, then one entry for each annotation."""
        numbers = pydyf.Array()
        for page, references in enumerate(self.parents(pages)):
            numbers += [page, pydyf.Array([reference or "null" for reference in references])]
        for number, (annotation, reference) in enumerate(self._annotations, pages):
            annotation["StructParent"] = number
            numbers += [number, reference]
        return numbers
