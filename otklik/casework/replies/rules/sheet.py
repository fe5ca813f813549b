"""The letter of an answer, laid out by ГОСТ Р 7.0.97-2016: what DOCX and PDF are written from.

Numbers of details (реквизиты) are those of the standard's section 5. Pure.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from otklik.language.names import gender_of

BLANK = "____________"


class Letter(BaseModel):
    """Every string is ready to print; an empty one leaves its place out.

    `number` and `date` are empty till the signature: the sheet shows blanks and «проект».
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    organisation: str
    unit: str = ""
    contacts: tuple[str, ...] = ()
    date: str = ""
    number: str = ""
    reply_to: str = ""
    reply_date: str = ""
    addressee: tuple[str, ...] = ()
    heading: str = ""
    greeting: str = ""
    paragraphs: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    signer_position: str = ""
    signer: str = ""
    executor: str = ""
    executor_phone: str = ""

    @property
    def is_draft(self) -> bool:
        return not self.number

    @property
    def date_line(self) -> str:
        return f"{self.date or BLANK} № {self.number or BLANK}"

    @property
    def reply_line(self) -> str:
        return f"На № {self.reply_to} от {self.reply_date}"


def initials_first(full_name: str) -> str:
    """«Белов Пётр Ильич» → «П. И. Белов» (the standard's order in a signature)."""
    parts = full_name.split()
    if len(parts) < 2:
        return full_name
    marks = "\u00a0".join(f"{part[0]}." for part in parts[1:3])
    return f"{marks}\u00a0{parts[0]}"


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Lines of an answer as paragraphs; empty lines only part them."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def greeting_line(greeting_name: str, text: str) -> str:
    """«Уважаемая Мария Петровна!»; empty when the text greets by itself."""
    if text.lstrip().lower().startswith(("здравствуйте", "уважаем", "добрый день")):
        return ""
    if not greeting_name:
        return "Здравствуйте!"
    address = {"femn": "Уважаемая", "masc": "Уважаемый"}.get(
        gender_of(greeting_name.rsplit(maxsplit=1)[-1])
    )
    return f"{address} {greeting_name}!" if address else f"Здравствуйте, {greeting_name}!"


def enclosure_lines(names: list[str]) -> tuple[str, ...]:
    """The mark of enclosures (5.19): one file is named, several are counted and named."""
    if not names:
        return ()
    if len(names) == 1:
        return (f"«{names[0]}» в электронном виде.",)
    return tuple(f"{place}. «{name}» в электронном виде." for place, name in enumerate(names, 1))
