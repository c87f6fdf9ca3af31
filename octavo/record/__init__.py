"""What a build read and what it wrote, kept so that the next one can tell that nothing has changed.

A build that goes well leaves a record of all that it depended on: each file that was opened or looked for, each folder
that was listed, what git said, the programs, the fonts, the options; and of each file that it wrote. As long as all of
that is as it was, there is nothing to build. What is in doubt has changed.

Nothing here imports what reads or lays out a book: to look takes less time than that.
"""

from octavo.record.builds import Request, unless_unchanged
from octavo.record.outputs import outputs_of
from octavo.record.surroundings import surroundings
from octavo.record.witness import Witness

__all__ = ["Request", "Witness", "outputs_of", "surroundings", "unless_unchanged"]
