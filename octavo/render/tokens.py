"""Design tokens: from what the sheets and the book declare to values in which no token is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_LONGEST = 10_000  # characters of one value: tokens made of tokens can double at every step


@dataclass(slots=True)
class Tokens:
    """Give the value of each token that is declared; `faults` says of a token why it has none."""

    declared: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    _values: dict[str, str] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def fill(self, text: str) -> str:
        """Write values in; a token without one stays as it is written."""
        return _VARIABLE.sub(lambda found: self.value(found[1]) or found[0], text)

    def behind(self, text: str) -> set[str]:
        """Return the tokens in a text, and those that these are made of."""
        found: set[str] = set()
        waiting = _VARIABLE.findall(text)
        while waiting:
            if (name := waiting.pop()) not in found:
                found.add(name)
                waiting += _VARIABLE.findall(self.declared.get(name, ""))
        return found

    def value(self, name: str) -> str | None:
        """Return the value of a token, made of those of others, or None where it has none."""
        if name in self._values:
            return self._values[name]
        if name in self.faults or name not in self.declared:
            return None
        if name in self._open:
            self.faults[name] = "is made of itself"
            return None
        self._open.add(name)
        value = self.fill(self.declared[name])
        self._open.discard(name)
        if name not in self.faults and (fault := self._fault(value)):
            self.faults[name] = fault
        if name in self.faults:
            return None
        self._values[name] = value
        return value

    def _fault(self, value: str) -> str | None:
        if len(value) > _LONGEST:
            return f"is longer than {_LONGEST:,} characters once its tokens are written in"
        if left := _VARIABLE.search(value):
            return f"is made of “{left[1]}”, which has no value"
        return None
