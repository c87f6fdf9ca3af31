"""What replaces a part of WeasyPrint: one module each, guarded by the source of what it replaces.

A patch holds only while it is used, so that other users of the library in the same process never meet it. Where the
library's source is not the one that a patch was written against, the library's own way is taken and reported.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from octavo.diagnostics import Report, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Name a function of a module, and the digest of the source that its replacement was written against."""

    module: Any
    name: str
    digest: str
    purpose: str


@contextmanager
def applied(patch: Patch, replacement: Callable[..., Any], report: Report) -> Iterator[bool]:
    """Put `replacement` in place for a while; hand out whether that was possible."""
    original = getattr(patch.module, patch.name, None)
    if original is None or digest_of(original) != patch.digest:
        report.add(
            Rule.PATCH_LEFT_OUT,
            None,
            f"this WeasyPrint differs from the one that Octavo knows: {patch.purpose} is left out",
            "install the version that constraints.txt names",
        )
        yield False
        return
    setattr(patch.module, patch.name, replacement)
    try:
        yield True
    finally:
        setattr(patch.module, patch.name, original)


@cache
def digest_of(function: Callable[..., Any]) -> str:
    """Return the digest of a function's source."""
    try:
        return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
    except OSError:
        return ""
