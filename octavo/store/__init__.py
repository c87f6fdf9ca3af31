"""The store: what was made before, kept from build to build in the user's folder for such things.

An artifact lies under the digest of all that went into it, and is of a kind: drawings, formulas, builds and so on. A
wrong artifact is worse than none, so whatever is in doubt is not there; a build never fails for what it keeps.
"""

from octavo.store.content import UnknownContentError, content_of
from octavo.store.keys import digest, programs, programs_now
from octavo.store.libraries import libraries
from octavo.store.memory import forget_unused, is_remembering, remember, remembered, remembering
from octavo.store.place import VARIABLE, limit, open_store, store_at, without_store
from octavo.store.store import Store

__all__ = [
    "VARIABLE",
    "Store",
    "UnknownContentError",
    "content_of",
    "digest",
    "forget_unused",
    "is_remembering",
    "libraries",
    "limit",
    "open_store",
    "programs",
    "programs_now",
    "remember",
    "remembered",
    "remembering",
    "store_at",
    "without_store",
]
