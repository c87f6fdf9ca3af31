"""The index: from marks in the text to one table, which every format prints.

1. `marks` makes marks of spans: what is meant by the attributes that authors write.
2. `place` puts an index at the end of a book that has marks and says nowhere where it shall stand.
3. `gather` makes the table, when all that it names has its number; `order` puts it in the order of the language.
"""

from octavo.normalise.index.gather import gather_index
from octavo.normalise.index.marks import read_index_marks
from octavo.normalise.index.place import place_index

__all__ = ["gather_index", "place_index", "read_index_marks"]
