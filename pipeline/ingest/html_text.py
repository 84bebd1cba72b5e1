"""The words of an HTML body. Whatever markup a mail has, its words come out, in a time that grows with its length and not faster."""

from __future__ import annotations

import re
from html import unescape

from inscriptis import get_text
from inscriptis.model.config import ParserConfig

from pipeline.ingest import text

_LARGEST_RENDERED = 1024 * 1024
_EMBEDDED = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=]*")
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t]+")
_UNSAID = (("<!--", "-->"), ("<head", "</head"), ("<script", "</script"), ("<style", "</style"))


def html_to_text(html: str) -> tuple[str, bool]:
    """The words, tables kept in columns; and whether the markup was sound.

    lxml silently leaves out what lies too deep, and has other ways to give up on hostile markup. So the letters are counted against a plain
    removal of the tags, and where many are missing the plain words are given.
    """
    html = without_embedded(html)
    plain = without_tags(html)
    if len(html) > _LARGEST_RENDERED:
        return plain, False
    try:
        rendered = text.clean(get_text(html, ParserConfig(display_links=False, display_images=False)))
    except Exception:
        rendered = ""
    if _letters(rendered) * 10 >= _letters(plain) * 8:
        return rendered, True
    return plain, False


def without_embedded(html: str) -> str:
    """Without pictures written out in the markup itself, which are most of its length and none of its words."""
    return _EMBEDDED.sub("", html)


def without_tags(html: str) -> str:
    """The words with every tag taken for a space."""
    for opening, closing in _UNSAID:
        html = _cut_out(html, opening, closing)
    return _BLANKS.sub(" ", text.clean(unescape(_TAG.sub(" ", html)))).strip()


def _cut_out(html: str, opening: str, closing: str) -> str:
    lowered, kept, at = html.lower(), [], 0
    if len(lowered) != len(html):
        return html
    while (start := lowered.find(opening, at)) >= 0 and (end := lowered.find(closing, start)) >= 0:
        after = start + len(opening)
        whole_name = not lowered[after : after + 1].isalpha()  # <head>, not <header>
        kept.append(html[at : start if whole_name else after])
        at = lowered.find(">", end) + 1 or len(html) if whole_name else after
    return "".join([*kept, html[at:]])


def _letters(words: str) -> int:
    return sum(map(len, words.split()))
