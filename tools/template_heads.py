"""The comment at the head of a template: what the template is for, and its variables, one a line.

{#- A callout.
      kind: note, tip, important, warning or caution
      body: markup -#}
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"\{#-?(?P<text>.*?)-?#\}", re.DOTALL)
_VARIABLE = re.compile(r"      (?P<name>\w+): (?P<what>\S.*)")
_MORE = re.compile(r"        (?P<what>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Hold what the comment says, and what it says of each variable."""

    about: str
    variables: dict[str, str]


def head_of(template: str) -> Head:
    """Return the head of a template. Raises ValueError where it has none."""
    found = _COMMENT.match(template)
    if found is None:
        raise ValueError("it does not begin with a comment that tells what it is for, and its variables")
    about: list[str] = []
    variables: dict[str, str] = {}
    for line in found["text"].rstrip().splitlines():
        if variable := _VARIABLE.fullmatch(line):
            variables[variable["name"]] = variable["what"]
        elif variables and (more := _MORE.fullmatch(line)):
            last = next(reversed(variables))
            variables[last] += f" {more['what']}"
        else:
            about.append(line.strip())
    return Head(about=" ".join(about).strip(), variables=variables)
