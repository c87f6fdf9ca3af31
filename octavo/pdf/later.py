"""What WeasyPrint loads of fontTools at once and hardly ever needs: loaded when it is called.

HarfBuzz subsets fonts for it, and most books have no variable one to be made static: a fortieth of the time of such a
book.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


def _instantiate(*arguments: Any, **options: Any) -> Any:
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    return instantiateVariableFont(*arguments, **options)


def _options(*arguments: Any, **options: Any) -> Any:
    from fontTools.subset import Options  # noqa: PLC0415

    return Options(*arguments, **options)


def _subsetter(*arguments: Any, **options: Any) -> Any:
    from fontTools.subset import Subsetter  # noqa: PLC0415

    return Subsetter(*arguments, **options)


_CALLED: dict[str, dict[str, Callable[..., Any]]] = {
    "fontTools.subset": {"Options": _options, "Subsetter": _subsetter},
    "fontTools.varLib.instancer": {"instantiateVariableFont": _instantiate},
}


@contextmanager
def font_tools_later() -> Iterator[None]:
    """Give those who import these modules inside what stands for them; one that is loaded already is itself."""
    stand_ins = {name: ModuleType(name) for name in _CALLED if name not in sys.modules}
    for name, module in stand_ins.items():
        vars(module).update(_CALLED[name])
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
