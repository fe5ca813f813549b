"""Plain Russian text out of what people and other systems send: markup, entities, odd signs."""

from __future__ import annotations

import html
import re
import unicodedata

# Openings and closings of what is not shown; further apart than so many signs they do not match.
_HIDDEN_PARTS = (
    (re.compile(r"(?i)<script\b[^<>]{0,500}>"), re.compile(r"(?i)</script\s{0,5}>"), 20_000),
    (re.compile(r"(?i)<style\b[^<>]{0,500}>"), re.compile(r"(?i)</style\s{0,5}>"), 20_000),
    (re.compile("<!--"), re.compile("-->"), 2000),
)
_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li|/tr|/h[1-6]|hr)\b[^<>]{0,300}>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>|<![A-Za-z][^<>]{0,300}>")
_MENTION = re.compile(
    r"\[(?:#alias\||(?:id|club|public|event|wall|photo)-?\d[\w-]{0,40}(?::bp-\S{0,40})?\||https?://[^\s|\]]{1,300}\|)"
    r"([^\]|]{0,200})(?:\|[^\]]{0,200})?\]"
)
_STAR_MENTION = re.compile(r"[@*](?:id|club|public)\d{1,20}\s?\(([^()]{1,200})\)")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")
_MANY_LINES = re.compile(r"\n{3,}")
_DOUBLED_QUOTES = re.compile(r'"{2,}')
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_ODD = re.compile(r"[^\w\n .,!?:;()«»\"-]|_")
_MIXED = re.compile(r"[A-Za-zА-Яа-яЁё]{2,60}")
_LATIN = "AaBCcEeHKMOoPpTXxyu"
_CYRILLIC = "АаВСсЕеНКМОоРрТХхуи"
_LOOKALIKE = str.maketrans(_LATIN, _CYRILLIC)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = {"\ufe0e", "\ufe0f", "\u20e3"}
_QUOTES = '"«»“”„'
_CLOSED_BY = {"«": "»", "„": "“", "“": "”", '"': '"'}


def clean(text: str, *, emoji: bool = False) -> str:
    """The words of a message without markup; line breaks stay, runs of spaces become one.

    VK mentions `[id1|Имя]` become «Имя». Pictograms are dropped unless `emoji`. Never fails.
    """
    text = _unescape(text)
    for opening, closing, longest in _HIDDEN_PARTS:
        text = _without_parts(text, opening, closing, longest)
    text = _TAG.sub(" ", _BREAK.sub("\n", text))
    text = _STAR_MENTION.sub(r"\1", _MENTION.sub(r"\1", text))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _visible(text, emoji=emoji)
    if _LATIN_LETTER.search(text):
        text = _MIXED.sub(lambda word: one_alphabet(word.group(0)), text)
    return _without_stray_quotes(_tidy(text))


def one_alphabet(word: str) -> str:
    """A word typed in two alphabets, «Cосновка» with a Latin C, in Cyrillic alone."""
    if word.isascii() or not any(sign.isascii() for sign in word):
        return word
    mended = word.translate(_LOOKALIKE)
    return word if any(sign.isascii() for sign in mended) else mended


def _unescape(text: str) -> str:
    """Entities, also those escaped twice on the way through another system."""
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return text


def _without_parts(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str], longest: int
) -> str:
    """The text with a space for each part from an opening to its closing. Each closing is looked
    for once, so that a million openings take no longer than one."""
    kept, at, close = [], 0, closing.search(text)
    for begun in opening.finditer(text):
        if begun.start() < at:
            continue
        if close is not None and close.start() < begun.end():
            close = closing.search(text, begun.end())
        if close is None:
            break
        if close.start() - begun.end() <= longest:
            kept.append(text[at : begun.start()])
            at = close.end()
    return " ".join([*kept, text[at:]])


def _visible(text: str, *, emoji: bool) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _ODD.sub(lambda sign: _shown(sign.group(0), emoji), text)


def _shown(sign: str, emoji: bool) -> str:
    if sign.isalnum() or sign in "\n .,":
        return sign
    kind = unicodedata.category(sign)
    if sign == "\t" or kind in {"Zl", "Zp"}:
        return " " if sign == "\t" else "\n"
    if emoji and (sign in _JOINERS or sign == "\u200d"):
        return sign
    if kind in _INVISIBLE or sign in _JOINERS:
        return ""
    if not emoji and (kind == "So" or "\U0001f3fb" <= sign <= "\U0001f3ff") and sign not in "№°©®":
        return " "
    return sign


def _tidy(text: str) -> str:
    text = _LINES.sub("\n", _SPACES.sub(" ", text))
    return _MANY_LINES.sub("\n\n", text).strip()


def _without_stray_quotes(text: str) -> str:
    """Quotes that a table's export left around or at one end of the text."""
    text = _DOUBLED_QUOTES.sub('"', text)
    if text[:1] == '"' and text.count('"') == 1:
        return text[1:].lstrip()
    if text[-1:] == '"' and text.count('"') == 1:
        return text[:-1].rstrip()
    wraps = len(text) > 1 and _CLOSED_BY.get(text[0]) == text[-1]
    if wraps and not any(sign in _QUOTES for sign in text[1:-1]):
        return text[1:-1].strip()
    return text
