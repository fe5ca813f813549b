"""Profiles, differences and networks of imports, as a clerk meets them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.intake.models import (
    Difference,
    ExternalRecord,
    ImportProfile,
    ImportRun,
    NetworkChoice,
)
from otklik.casework.intake.vocabulary import DifferenceKind
from otklik.web.desk.tests.conftest import Centre
from otklik.web.look.tests.counting import counts_of, grown, over

FileAppeal = Callable[..., Appeal]
LETTERED = 44
PAGES = {
    "imports:profiles": 12,
    "imports:profile_new": 11,
    "imports:differences": 12,
    "imports:networks": 12,
}


def book(rows: list[list[object]], name: str = "export.xlsx") -> SimpleUploadedFile:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def lettered() -> list[list[object]]:
    """An export of ИМ by letters: R, S dates, T group, U topic, W place, AI text."""
    header: list[object] = [f"Поле {n}" for n in range(LETTERED)]
    rows = [header]
    for n in (1, 2, 3):
        row: list[object] = ["" for _ in range(LETTERED)]
        row[0] = f"И-{n}"
        row[17], row[18] = f"0{n}.03.2024 10:00", f"0{n}.03.2024 15:30" if n == 1 else ""
        row[19], row[20], row[22] = "Дороги", "Содержание дорог", "Заозёрский округ"
        row[34] = f"[id{n}|Мария], у дома {n} яма во всю ширину дороги.<br>Машины едут по газону"
        rows.append(row)
    return rows


def uploaded(centre: Centre, file: SimpleUploadedFile, source: str, profile: str = "") -> object:
    data = {"file": file, "source": source, "profile": profile}
    return centre.operator.client.post("/desk/imports/", data, follow=True)


def checked(centre: Centre, columns: object, source: str, **more: str) -> ImportRun:
    form = columns.context["form"]  # type: ignore[attr-defined]
    data = {name: form[name].value() or "" for name in form.fields} | more
    url = columns.request["PATH_INFO"] + f"?source={source}"  # type: ignore[attr-defined]
    page = centre.operator.client.post(url, data, follow=True)
    run = page.context["run"]
    assert isinstance(run, ImportRun)
    return run


def loaded(centre: Centre, run: ImportRun) -> ImportRun:
    url = f"/desk/imports/runs/{run.pk}/loading/"
    found = centre.operator.client.post(url, follow=True).context["run"]
    assert isinstance(found, ImportRun)
    return found


def test_an_export_by_letters_is_known_by_what_stands_in_it(centre: Centre) -> None:
    columns = uploaded(centre, book(lettered()), "incident")
    page = columns.content.decode()  # type: ignore[attr-defined]
    assert "даты в столбцах R и S" in page
    run = loaded(centre, checked(centre, columns, "incident"))
    assert (run.created, run.refused) == (3, 0)
    case = Appeal.objects.select_related("topic").get(external_number="И-1")
    assert case.status == Status.ANSWERED
    assert case.topic is not None
    assert case.topic.name == "Содержание дорог"
    assert case.text.startswith("Мария, у дома 1")


def test_the_second_layout_by_letters_finds_the_text_by_its_name(centre: Centre) -> None:
    header: list[object] = [f"Поле {n}" for n in range(LETTERED)]
    header[3] = "Текст инцидента"
    row: list[object] = ["" for _ in range(LETTERED)]
    row[3] = "На Лесной у дома 4 прорвало трубу, вода течёт по дороге с утра"
    row[19], row[21], row[23], row[24], row[25] = "01.03.2024", "ЖКХ", "Заозёрск", "Лесная", "4"
    row[28], row[43] = "Прорыв трубы", "авария"
    columns = uploaded(centre, book([header, row]), "incident", "incident-t")
    loaded(centre, checked(centre, columns, "incident"))
    case = Appeal.objects.select_related("topic").get()
    assert case.topic is not None
    assert (case.topic.name, case.place) == ("Прорыв трубы", "Заозёрск, Лесная, д. 4")
    assert ExternalRecord.objects.get().tags == "авария"


def test_the_layout_by_names_keeps_the_kind_and_the_first_answer(centre: Centre) -> None:
    header: list[object] = ["Дата создания", "Группа тем", "Тема", "Муниципалитет",
                            "Текст инцидента", "Тип инцидента", "Итог", "1ый ответ ПИ"]  # fmt: skip
    row: list[object] = ["01.03.2024", "Дороги", "Ямы", "Заозёрск",
                         "На въезде в город провал асфальта, колёса бьются каждый день",
                         "Решаемый", "Решено", "Заделали 2 марта"]  # fmt: skip
    columns = uploaded(centre, book([header, row]), "incident")
    assert "столбцы по названиям" in columns.content.decode()  # type: ignore[attr-defined]
    loaded(centre, checked(centre, columns, "incident"))
    assert ExternalRecord.objects.get().incident_kind == "Решаемый"
    assert Appeal.objects.get().replies.get().text == "Заделали 2 марта"


def test_a_known_export_of_pos_is_taken_as_a_base_corrected_restored_and_removed(
    centre: Centre,
) -> None:
    client = centre.operator.client
    shown = client.get("/desk/imports/profiles/").content.decode()
    assert "ПОС: сообщения с категорией и сроком" in shown
    page = client.get("/desk/imports/profiles/new/?layout=pos-messages")
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    assert data["column_due_at"] == "Плановый срок"
    data |= {"name": "ПОС нашего округа", "column_number": "Код", "column_due_at": "Ответить до"}
    client.post("/desk/imports/profiles/new/?layout=pos-messages", data)
    kept = ImportProfile.objects.get()
    assert (kept.based_on, kept.mapping["due_at"]) == ("pos-messages", "Ответить до")
    again = client.post("/desk/imports/profiles/new/?layout=pos-messages", data)
    assert again.status_code == 422
    assert "уже есть" in again.content.decode()
    rows = [["Код", "Дата создания", "Текст сообщения", "Ответить до"],
            ["77", "04.03.2024", "Во дворе темно, фонари не горят", "14.03.2024"]]  # fmt: skip
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    file = SimpleUploadedFile("pos.csv", out.getvalue().encode())
    columns = uploaded(centre, file, "pos", str(kept.pk))
    run = loaded(centre, checked(centre, columns, "pos"))
    assert run.created == 1
    assert Appeal.objects.get().external_number == "77"
    restored = client.get(f"/desk/imports/profiles/{kept.pk}/?restore=1")
    assert restored.context["form"]["column_due_at"].value() == "Плановый срок"
    client.post(f"/desk/imports/profiles/{kept.pk}/removal/")
    assert not ImportProfile.objects.exists()
    assert ImportRun.objects.filter(pk=run.pk, mapping__number="Код").exists()


def test_a_difference_is_decided_on_its_page(centre: Centre, file_appeal: FileAppeal) -> None:
    case = file_appeal()
    Appeal.objects.filter(pk=case.pk).update(external_system="pos", external_number="П-9")
    found = _difference(centre, case, DifferenceKind.CLOSED_THERE)
    client = centre.operator.client
    page = client.get("/desk/imports/differences/").content.decode()
    assert "П-9" in page
    assert "Закрыть и у нас" in page
    client.post(f"/desk/imports/differences/{found.pk}/decision/", {"decision": "as_here"})
    found.refresh_from_db()
    assert found.decided_at is None
    client.post(f"/desk/imports/differences/{found.pk}/decision/", {"decision": "as_there"})
    case.refresh_from_db()
    assert case.status == Status.ANSWERED
    assert "сделано как там" in client.get("/desk/imports/differences/?decided=1").content.decode()
    other = _difference(centre, file_appeal("Другая яма"), DifferenceKind.OPEN_THERE)
    page = client.get("/desk/imports/differences/").content.decode()
    assert "Вернуть в работу" not in page
    client.post(f"/desk/imports/differences/{other.pk}/decision/", {"decision": "as_there"})
    other.refresh_from_db()
    assert other.decided_at is None


def test_barred_networks_stand_switched_off_with_the_reason(centre: Centre) -> None:
    client = centre.operator.client
    page = client.get("/desk/imports/networks/").content.decode()
    for name in ("Twitter (X)", "Facebook", "Instagram"):
        assert name in page
    assert "экстремистской" in page
    client.post("/desk/imports/networks/switch/", {"slug": "facebook", "enabled": "1"})
    assert "только файлом" in client.get("/desk/imports/networks/").content.decode()
    client.post("/desk/imports/networks/", {"name": "Вести района", "words": "vesti"})
    assert NetworkChoice.objects.get(name="Вести района").enabled
    assert centre.executor.client.get("/desk/imports/networks/").status_code == 403


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    client = centre.operator.client
    urls = {name: reverse(name) for name in PAGES}

    def more(numbers: range) -> None:
        for n in numbers:
            place = centre.municipality
            made = ImportProfile.objects.create(municipality=place, name=f"{n}", source="pos")
            urls["imports:profile"] = reverse("imports:profile", args=[made.pk])
            _difference(centre, file_appeal(f"Яма номер {n}"), DifferenceKind.OPEN_THERE)
            NetworkChoice.objects.create(municipality=place, slug=f"s{n}", name=f"Сайт {n}",
                                         enabled=True, changed_at=clock.now())  # fmt: skip

    more(range(3))
    few = counts_of(client, urls)
    more(range(3, 30))
    many = counts_of(client, urls)
    assert grown(few, many) == {}
    assert over(many, {**PAGES, "imports:profile": 11}) == {}


def _difference(centre: Centre, case: Appeal, kind: DifferenceKind) -> Difference:
    return Difference.objects.create(
        municipality=centre.municipality, appeal=case, source="pos", kind=kind, there="Решено",
        here="у исполнителя", seen_at=clock.now(),
    )  # fmt: skip
