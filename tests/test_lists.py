"""Lists of figures, tables and listings, where they stand."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pypdfium2

from octavo.diagnostics import Report
from octavo.recipe import FORMATS, Timings, build

ENTRY = re.compile(r'<li><a href="([^"]*)"><span class="number">([^<]*)</span> <span class="text">(.*)</span></a></li>')
ONE = """# One

::: {.list-of-listings}
:::

~~~python {#lst-masts caption="Count *all* `masts`"}
masts = 2
~~~

~~~python
no_caption = 0
~~~

~~~python {.unnumbered caption="Not counted"}
masts = 3
~~~
"""
TWO = '# Two\n\n~~~ruby {#lst-sails caption="Sails"}\nsails = 3\n~~~\n\n::: {#none .list-of-tables}\n:::\n'
COUNTED = "Count <em>all</em> <code>masts</code>"


def test_listings_are_listed_in_all_formats(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    text = '[book]\ntitle = "Lists"\nlanguage = "en"\ndate = 2026-11-23\nkind = "book"\nnumbering = "computed"\n'
    (book / "octavo.toml").write_text(text, "utf-8")
    (book / "one.md").write_text(ONE, "utf-8")
    (book / "two.md").write_text(TWO, "utf-8")
    report = Report(strict=True)
    build(book, tmp_path / "dist", FORMATS, report, Timings())
    assert not list(report)

    page = (tmp_path / "dist" / "site" / "one.html").read_text("utf-8")
    assert ENTRY.findall(page) == [
        ("#lst-masts", "Listing 1.1", COUNTED),
        ("two.html#lst-sails", "Listing 2.1", "Sails"),
    ]
    page = (tmp_path / "dist" / "book.html").read_text("utf-8")
    assert [href for href, _, _ in ENTRY.findall(page)] == ["#lst-masts", "#lst-sails"]
    with ZipFile(tmp_path / "dist" / "book.epub") as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    assert [label for page in pages for _, label, _ in ENTRY.findall(page)] == ["Listing 1.1", "Listing 2.1"]
    assert [
        page.count('<ul id="none"') + 2 * page.count('<div id="none"') for page in pages if 'id="none"' in page
    ] == [2]
    with pypdfium2.PdfDocument(tmp_path / "dist" / "book.pdf") as document:
        printed = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert re.search(r"Listing 1\.1\s+Count all masts[\s·]+1\s", printed)
    assert re.search(r"Listing 2\.1\s+Sails[\s·]+\d+\s", printed)
