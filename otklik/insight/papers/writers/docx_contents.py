"""A table of contents: a field of Word, filled beforehand, so that any reader shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from otklik.base.documents.docx_styles import FACE, INK

TITLE = "Содержание"
LINE = "toc 1"
"""Word knows the lines of its contents by this name."""

_LATER = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")
_FIELD = ' TOC \\o "1-1" \\h \\z \\u '


def add_contents(file: Any, titles: Sequence[str], starts: Sequence[int], width: int) -> None:
    """`starts`: the page each title stands on."""
    _style(file, width)
    _update_on_opening(file)
    head = file.add_paragraph(TITLE, style="TOC Heading")
    head.paragraph_format.keep_with_next = True
    lines = [file.add_paragraph(style=LINE) for _ in titles]
    _mark(lines[0]._p, "begin")
    _code(lines[0]._p, _FIELD)
    _mark(lines[0]._p, "separate")
    for place, (line, title, page) in enumerate(zip(lines, titles, starts, strict=True), start=1):
        _line(line._p, title, page, _name(place))
    _mark(lines[-1]._p, "end")
    lines[-1].paragraph_format.space_after = Pt(10)


def bookmark(paragraph: Any, place: int) -> None:
    """The mark the line of the contents leads to."""
    begins, ends = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (begins, ends):
        element.set(qn("w:id"), str(place))
    begins.set(qn("w:name"), _name(place))
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, begins)
    else:
        properties.addnext(begins)
    paragraph._p.append(ends)


def _name(place: int) -> str:
    return f"_Toc{10_000_000 + place}"


def _line(paragraph: Any, title: str, page: int, name: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
    paragraph.append(link)
    _text(link, title)
    _run(link).append(OxmlElement("w:tab"))
    _mark(link, "begin")
    _code(link, f" PAGEREF {name} \\h ")
    _mark(link, "separate")
    _text(link, str(page))
    _mark(link, "end")


def _run(parent: Any) -> Any:
    run = OxmlElement("w:r")
    parent.append(run)
    return run


def _mark(parent: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    _run(parent).append(mark)


def _code(parent: Any, code: str) -> None:
    _words(parent, "w:instrText", code)


def _text(parent: Any, text: str) -> None:
    _words(parent, "w:t", text)


def _words(parent: Any, tag: str, words: str) -> None:
    element = OxmlElement(tag)
    element.set(qn("xml:space"), "preserve")
    element.text = words
    _run(parent).append(element)


def _style(file: Any, width: int) -> None:
    line = file.styles.add_style(LINE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    line.base_style = file.styles["Normal"]
    line.paragraph_format.space_after = Pt(2)
    line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    head = file.styles["TOC Heading"]
    head.font.size, head.font.bold, head.font.color.rgb = Pt(12), True, INK
    fonts = head.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FACE)


def _update_on_opening(file: Any) -> None:
    settings = file.settings.element
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    later = {qn(f"w:{name}") for name in _LATER}
    after = next((one for one in settings if one.tag in later), None)
    if after is None:
        settings.append(update)
    else:
        after.addprevious(update)
