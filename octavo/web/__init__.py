"""Pages → the site, and the single page."""

from octavo.web.single import write_single
from octavo.web.site import write_site

__all__ = ["write_single", "write_site"]
