"""Words in the case that tables are written in, as a pattern that ignores case sees them."""

from __future__ import annotations

_SEEN_AS = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})


def caseless(word: str) -> str:
    """`word` in lower case.

    A pattern with `re.IGNORECASE` takes a dotless, a dotted and a plain i for one, and a long s for an s; `str.lower`
    does not. What such a pattern matched is looked up by this.
    """
    return word.translate(_SEEN_AS).lower()
