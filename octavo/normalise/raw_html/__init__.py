"""Raw HTML → nodes.

1. `tags` finds the tags of the raw pieces among siblings, and which of them have no counterpart.
2. `fragment` puts the sound ones together, with marks for the Markdown between them, and has it parsed as browsers do.
3. `inlines` and `blocks`, with a module each for what is more than a line, make nodes of what is on the lists of
   `elements` and `marks`, and report what is on none.
4. `read` is the pass: it finds the siblings, and puts the nodes in their place.
"""

from octavo.normalise.raw_html.read import read_raw_html

__all__ = ["read_raw_html"]
