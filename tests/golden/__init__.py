"""Golden files: what a case was built into when somebody last read it, held against what it is built into now."""

from golden.compare import compare
from golden.outputs import CASES, Built, Cases, build_case, shared_case

__all__ = ["CASES", "Built", "Cases", "build_case", "compare", "shared_case"]
