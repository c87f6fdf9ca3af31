"""Golden files: what a case was built into when somebody last read it, held against what it is built into now."""

from golden.compare import compare
from golden.outputs import Built, build_case

__all__ = ["Built", "build_case", "compare"]
