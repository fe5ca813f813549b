"""A system that gives its messages away in a file and takes answers from one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.casework.intake.models import ImportRun
from tests.channels.doors.base import Sending, Step, Told
from tests.channels.story import Story

HEADER = (
    "Номер", "Текст сообщения", "Подкатегория", "Дата создания", "Статус", "Плановый срок",
    "Дата ответа", "Текст ответа",
)  # fmt: skip
TOPIC = "Ямы на дорогах"


@dataclass
class There:
    """A message as the other system keeps it."""

    number: str
    text: str
    status: str = "В работе"
    due: str = "20.03.2024"
    answered: str = ""
    answer: str = ""

    def row(self) -> list[str]:
        told = (self.text, TOPIC, "04.03.2024 10:00", self.status, self.due)
        return [self.number, *told, self.answered, self.answer]


@dataclass
class FilePeer(Sending):
    """`kind` is the channel and the source of the file at once; `clerk` loads it."""

    kind: str = "pos"
    clerk: Client = field(default_factory=Client)
    there: dict[str, There] = field(default_factory=dict)
    files: list[bytes] = field(default_factory=list)
    runs: list[ImportRun] = field(default_factory=list)
    answer_file: bytes = b""
    lacks: ClassVar[Mapping[Step, str]] = {
        Step.PHOTO: "a table has no pictures",
        Step.ORDER: "a table does not say when it was made; where it contradicts, people decide",
        Step.COUNTERS: "a table tells no views",
        Step.BY_ITSELF: "answers are carried over in a file",
    }

    def settings(self) -> dict[str, Any]:
        return {}

    def secret(self) -> dict[str, str]:
        return {}

    def stand(self, story: Story) -> None:
        self.clerk = story.centre.operator.client

    def write(self, text: str, *photos: bytes) -> None:
        number = f"П-{len(self.there) + 1}"
        self.there[number] = There(number, text)
        self.bring_export()

    def bring_export(self) -> None:
        """Today's export is loaded by the clerk."""
        self.files.append(table([each.row() for each in self.there.values()]))
        file = self.files[-1]
        self.send(lambda: self.load(file))

    def load(self, file: bytes) -> ImportRun:
        """The wizard without scripts: file, columns as offered, check, loading."""
        columns = self._uploaded(file)
        form = columns.context["form"]
        chosen = {name: form[name].value() or "" for name in form.fields}
        address = f"{columns.request['PATH_INFO']}?source={self.kind}"
        checked: Any = self.clerk.post(address, chosen, follow=True)
        run = checked.context["run"]
        if checked.context["can_load"]:
            url = f"/desk/imports/runs/{run.pk}/loading/"
            loaded: Any = self.clerk.post(url, follow=True)
            run = loaded.context["run"]
        self.runs.append(run)
        return run  # type: ignore[no-any-return]

    def _uploaded(self, file: bytes) -> Any:
        given = {"file": SimpleUploadedFile("выгрузка.csv", file), "source": self.kind}
        return self.clerk.post("/desk/imports/", given, follow=True)

    def correct(self, text: str) -> None:
        """There the term is moved and the words are made clearer."""
        message = next(reversed(self.there.values()))
        message.text, message.due = text, "25.03.2024"
        self.bring_export()

    def older(self) -> None:
        raise NotImplementedError

    def nonsense(self) -> Iterator[Told]:
        for file in (b"", b"\x00\x01\x02", b"PK\x03\x04 no book"):
            shown = self._uploaded(file)
            refused = shown.context["problem"] or shown.context["form"].errors
            yield Told(422 if refused else 200, shown.content.decode())

    def carry(self, story: Story) -> None:
        """Export of answers, taken in there, marked here."""
        page = reverse("desk:carry")
        self.answer_file = self.clerk.post(page, {"channel": self.kind}).content
        book = openpyxl.load_workbook(io.BytesIO(self.answer_file))
        for number, answer, day, _ in list(book.worksheets[0].values)[1:]:
            message = self.there[str(number)]
            message.answer, message.answered = str(answer), str(day)
            message.status = "Решено"
        self.clerk.post(f"{page}file/placed/", {"channel": self.kind})

    def answers(self) -> list[str]:
        return [each.answer for each in self.there.values() if each.answer]


def table(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADER, *rows])
    return out.getvalue().encode()
