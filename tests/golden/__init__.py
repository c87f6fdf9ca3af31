"""Golden files: what a case was built into when somebody last read it, held against what it is built into now."""

from golden.compare import compare
from golden.outputs import BOOKS, CASES, Books, Built, build_case, shared_book, shared_pdf, undate

__all__ = ["BOOKS", "CASES", "Books", "Built", "build_case", "compare", "shared_book", "shared_pdf", "undate"]
