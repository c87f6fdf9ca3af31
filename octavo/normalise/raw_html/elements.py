"""The names that HTML knows, by what becomes of them in a book. What is on no list is reported, and its text stays."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The elements without content, as the HTML standard lists them (13.1.2), and those whose end tag may be left out
# (13.1.2.4).
VOID = _names("area base br col embed hr img input link meta param source track wbr")
ENDING_BY_THEMSELVES = _names(
    "p li dt dd td th tr thead tbody tfoot colgroup caption rt rp rb rtc option optgroup html head body"
)

# Inside these, nothing is a tag.
CODE = _names("script style")
# The parser must not know these: it would take the tags inside them for text, or lose them.
RENAMED = _names("title textarea iframe noembed noframes noscript xmp plaintext listing select frameset template image")
# What they hold is no text, or says that a browser cannot show them.
SILENT = CODE | _names("svg iframe video audio object embed canvas")

SPANS = _names("kbd mark ins u small cite var samp dfn time bdi bdo")

HEADINGS = _names("h1 h2 h3 h4 h5 h6")
DIVISIONS = _names("div section article main header footer nav aside address hgroup search center p")
LISTS = _names("ul ol menu dir")
# They stand by themselves too, and have no node or, out of their place, none any more.
STRAY_BLOCKS = _names("form fieldset legend dialog li dt dd summary figcaption noscript")
BLOCKS = HEADINGS | DIVISIONS | LISTS | STRAY_BLOCKS | _names("blockquote pre dl figure details hr table")

# Their lines may stand to the left, in the middle or to the right.
ALIGNED = HEADINGS | _names("p div section header footer")
# Attributes that concern the browser alone: a reader misses nothing.
NEEDLESS = _names(
    "target rel loading decoding fetchpriority referrerpolicy crossorigin tabindex scope border cellpadding cellspacing"
    " valign translate"
)
SCHEMES = _names("http https mailto tel ftp ftps sms geo xmpp irc ircs magnet doi urn")
