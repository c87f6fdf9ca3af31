"""Parts of fontTools are loaded when WeasyPrint calls something of them, and are themselves for all others."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys
from octavo.pdf.libraries import load_libraries
load_libraries()
import weasyprint.pdf.fonts as fonts
assert not [name for name in sys.modules if name.startswith(("fontTools.subset", "fontTools.varLib"))]
options = fonts.subset.Options(retain_gids=True)
fonts.subset.Subsetter(options)
import fontTools.subset
from fontTools.varLib import instancer
assert isinstance(options, fontTools.subset.Options) and options.retain_gids
assert sys.modules["fontTools.subset"].__file__ and instancer.__file__
try:
    fonts.instantiateVariableFont({}, {})
except Exception as error:
    print(str(error).splitlines()[-1])
"""


def test_they_are_loaded_by_a_call() -> None:
    ended = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("Missing required table fvar\n", "")
