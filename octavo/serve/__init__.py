"""A book that is shown in a browser while it is written: built, watched, built again, its open pages loaded anew.

In: the path of a book. Out: a site at an address of this machine, until Ctrl-C.

1. `follow` builds the book, and again whenever something in its folder changed.
2. `channel` holds what the last build came to, and wakes whoever waits for the next one.
3. `server` gives out the site, and puts `live.js` into each page on its way: the built files stay what they are.
"""

from octavo.serve.command import serve_book

__all__ = ["serve_book"]
