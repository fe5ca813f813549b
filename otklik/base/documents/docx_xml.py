"""What python-docx has no words for: fields, numbered lists, alt texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn


def add_field(paragraph: Any, code: str) -> None:
    """A field such as PAGE or NUMPAGES; the reader's program counts it."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        run._r.append(element)


def describe(shape: Any, *, title: str, text: str) -> None:
    """Alt text of a picture."""
    properties = shape._inline.docPr
    properties.set("title", title)
    properties.set("descr", text)


_LEVEL = """
<w:abstractNum {ns} w:abstractNumId="{number}">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0">
    <w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
    <w:pPr>
      <w:tabs><w:tab w:val="num" w:pos="567"/></w:tabs>
      <w:ind w:left="567" w:hanging="567"/>
    </w:pPr>
  </w:lvl>
</w:abstractNum>
"""


def number_list(file: Any) -> Callable[[Any], None]:
    """A list of its own, counted from one; call the result on each of its paragraphs."""
    numbering = file.part.numbering_part.element
    abstract = numbering.findall(qn("w:abstractNum"))
    number = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in abstract), default=0)
    level = parse_xml(_LEVEL.format(ns=nsdecls("w"), number=number))
    abstract[-1].addnext(level) if abstract else numbering.insert(0, level)
    num_id = numbering.add_num(number).numId

    def numbered(paragraph: Any) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = num_id

    return numbered
