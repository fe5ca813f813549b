"""Word styles of all documents: changed once here, so that offices may change them in Word."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

# Named, not embedded: present on every office machine, and LibreOffice has its equal in width.
FACE = "Times New Roman"
INK = RGBColor(0x1F, 0x29, 0x33)
GREY = RGBColor(0x5F, 0x6B, 0x77)
RIGHT_TAB = WD_TAB_ALIGNMENT.RIGHT
ADDRESSEE = "Адресат"
ITEM = "Пункт"
CELL = "Ячейка"
FIGURE = "Ячейка с числом"
HEAD = "Заголовок столбца"
PICTURE = "Рисунок"
SIGNATURE = "Подпись руководителя"
SMALL = "Пояснение"
OWN = (ADDRESSEE, ITEM, CELL, FIGURE, HEAD, PICTURE, SIGNATURE, SMALL)


def prepare(file: Any) -> None:
    """Set the built-in styles and add those that Word has none for."""
    _language(file)
    _hyphens(file)
    for name in OWN:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles["Normal"]
    _text(file.styles)
    _titles(file.styles)
    _cells(file.styles)
    _rest(file.styles)


def _text(styles: Any) -> None:
    _font(styles["Normal"], 12)
    _space(styles["Normal"], after=0, line=1.0)
    body = styles["Body Text"]
    _font(body, 12)
    _space(body, after=4, line=1.1)
    body.paragraph_format.first_line_indent = Cm(1.25)
    body.paragraph_format.widow_control = True
    item = styles[ITEM]
    _space(item, after=3, line=1.1)


def _titles(styles: Any) -> None:
    title = styles["Title"]
    _font(title, 16, bold=True)
    title.font.all_caps = True
    _space(title, before=14, after=4)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _without(title, "w:pBdr")
    _even(title)
    under = styles["Subtitle"]
    _font(under, 12)
    _space(under, after=2)
    _even(under)
    under.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, size in ((1, 13), (2, 12)):
        heading = styles[f"Heading {level}"]
        _font(heading, size, bold=True)
        _space(heading, before=12, after=5)
        heading.paragraph_format.keep_with_next = True


def _cells(styles: Any) -> None:
    for name in (CELL, FIGURE, HEAD):
        _font(styles[name], 8.5 if name == HEAD else 10, bold=name == HEAD)
        _space(styles[name], before=1, after=1)
    styles[FIGURE].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    caption = styles["Caption"]
    _font(caption, 10, italic=True)
    _space(caption, before=8, after=4)
    caption.paragraph_format.keep_with_next = True


def _rest(styles: Any) -> None:
    addressee = styles[ADDRESSEE]
    addressee.paragraph_format.left_indent = Cm(8.5)
    _space(addressee, after=12)
    _space(styles[PICTURE], after=8)
    styles[PICTURE].paragraph_format.keep_together = True
    signature = styles[SIGNATURE]
    _space(signature, before=20)
    signature.paragraph_format.keep_together = True
    _font(styles[SMALL], 9)
    _space(styles[SMALL], after=2)
    for name in ("Header", "Footer"):
        _font(styles[name], 9)
        styles[name].font.color.rgb = GREY
        _without(styles[name], "w:tabs")
    styles["Footer"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _font(style: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FACE, Pt(size), bold, italic
    font.color.rgb = INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FACE)


def _space(style: Any, *, before: float = 0, after: float = 0, line: float = 1.0) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line


def _without(style: Any, *tags: str) -> None:
    """Take what the template's style carries and our documents do not want."""
    for properties in (style.element.get_or_add_pPr(), style.element.get_or_add_rPr()):
        for tag in tags:
            for found in properties.findall(qn(tag)):
                properties.remove(found)


def _even(style: Any) -> None:
    """No letter-spacing."""
    properties = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:spacing")):
        properties.remove(found)


def _hyphens(file: Any) -> None:
    """Even lines: Word hyphenates by itself."""
    settings = file.settings.element
    hyphens = OxmlElement("w:autoHyphenation")
    hyphens.set(qn("w:val"), "true")
    after = settings.find(qn("w:defaultTabStop"))
    if after is not None:
        after.addnext(hyphens)
    else:
        settings.append(hyphens)


def _language(file: Any) -> None:
    """Spelling is checked in Russian."""
    defaults = file.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    language = OxmlElement("w:lang")
    for script in ("w:val", "w:eastAsia"):
        language.set(qn(script), "ru-RU")
    run.append(language)
