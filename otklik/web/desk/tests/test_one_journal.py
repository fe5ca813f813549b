"""Every channel meets in one journal, and the work on it is led from there."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.intake.actions import take_message
from otklik.casework.intake.models import ExternalRecord
from otklik.casework.replies.actions import note_delivery
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role
from otklik.directory.organisation.vocabulary import BodyKind
from otklik.directory.topics.models import Edition
from otklik.exchange.channels.actions import accept_message, deliver
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import InboundKind
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.answering import given, signed
from otklik.web.desk.tests.conftest import HEAD, Centre, make_person

pytestmark = pytest.mark.django_db
POS = ("Номер", "Дата создания", "Текст сообщения", "Организация", "Статус")
INCIDENT = ("Номер инцидента", "Дата создания", "Текст инцидента", "Соцсеть", "Ссылка", "Профиль")
CITIZEN = ("Номер", "Дата", "Сообщение", "Голосов", "Ссылка")


@pytest.fixture(autouse=True)
def fresh(db: None) -> None:
    cache.clear()


def load(client: Client, source: str, *rows: tuple[str, ...]) -> None:
    """A file of another system, by the page, with whatever columns it recognises."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    file = SimpleUploadedFile(f"{source}.csv", out.getvalue().encode())
    page = client.post("/desk/imports/", {"file": file, "source": source}, follow=True)
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    url = page.request["PATH_INFO"] + f"?source={source}"
    run = client.post(url, data, follow=True).context["run"]
    client.post(f"/desk/imports/runs/{run.pk}/loading/")


def wrote(place: Municipality, kind: str, how: str, text: str, sender: str) -> Appeal:
    """A message that came through a connected account."""
    account, _ = ChannelAccount.objects.get_or_create(municipality=place, kind=kind, title=kind)
    message, _ = accept_message(
        account=account, external_id=f"{kind}-{how}", kind=how, received_at=clock.now(), raw=b"x",
        text=text, sender=sender, sender_name="Мария Иванова",
    )  # fmt: skip
    case = take_message(message_id=message.pk)
    assert case is not None
    return case


def by_form(slug: str, text: str) -> tuple[str, str]:
    """A citizen on the portal; number and code of his receipt."""
    citizen = Client()
    page = citizen.get(f"/m/{slug}/new/").content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    citizen.post(f"/m/{slug}/new/", {"text": text, "form_token": token.group(1)})
    shown = citizen.get("/receipt/").content.decode()
    number, code = re.search(r"С-\d+/\d\d", shown), re.search(r"[А-Я0-9]{5}-[А-Я0-9]{5}", shown)
    assert number
    assert code
    return number.group(), code.group()


def everything(client: Client, place: Municipality) -> None:
    """One word by each way there is: systems of three levels, networks, mail, paper, form."""
    load(client, "pos", POS, ("П-1", "04.03.2024", "Во дворе не горит фонарь", "", "В работе"))
    load(client, "incident", INCIDENT,
         ("И-1", "04.03.2024", "Под окнами свалка, вонь стоит", "ВКонтакте",
          "https://vk.com/wall-1_2", "https://vk.com/id5"))  # fmt: skip
    square = ("А-1", "04.03.2024", "Просим сделать сквер у пруда", "214", "https://kray.test/a/1")
    load(client, "active_citizen", CITIZEN, square)
    wrote(place, "vk", InboundKind.COMMENT, "На остановке сломана лавка", "id7")
    wrote(place, "telegram", InboundKind.DIRECT, "Третий день нет воды", "77")
    wrote(place, "email", InboundKind.LETTER, "Просим почистить кювет", "ooo@zaozersk.test")
    by_form(place.slug, "У школы нет перехода")
    paper = {
        "q-TOTAL_FORMS": "1", "q-INITIAL_FORMS": "0", "q-0-text": "Просим продлить договор",
        "applicant_kind": "organisation", "name": "ООО «Рассвет»", "channel": "paper",
        "postal_address": "Заозёрск, Мира, 1",
    }  # fmt: skip
    assert client.post("/desk/appeals/new/", paper).status_code == 302


WORDS = (
    "не горит фонарь", "свалка", "сквер у пруда", "лавка", "нет воды", "кювет", "нет перехода",
    "продлить договор",
)  # fmt: skip


@pytest.mark.clause("ust-kubinsky:2.2.1")
def test_all_systems_networks_and_letters_of_citizens_and_companies_in_one_journal(
    centre: Centre,
) -> None:
    client = centre.operator.client
    everything(client, centre.municipality)
    page = client.get("/desk/appeals/").content.decode()
    for words in WORDS:
        assert words in page, words
    assert Appeal.objects.count() == len(WORDS)
    assert {a.regime for a in Appeal.objects.all()} >= {
        Regime.POS, Regime.INCIDENT, Regime.SOCIAL, Regime.MAIL, Regime.PORTAL, Regime.LAW59,
    }  # fmt: skip
    only = client.get("/desk/appeals/", {"channel": "vk"}).content.decode()
    assert "лавка" in only
    assert "кювет" not in only
    firm = Appeal.objects.select_related("applicant").get(channel=Channel.PAPER)
    assert firm.applicant.kind == "organisation"


@pytest.mark.clause("tuapse:1.5")
def test_the_journal_gives_work_to_the_administration_institutions_and_others(
    centre: Centre,
) -> None:
    place = centre.municipality
    everything(centre.operator.client, place)
    bodies = [
        Body.objects.create(municipality=place, name=name, kind=kind)
        for name, kind in (
            ("Управление делами", BodyKind.DEPARTMENT),
            ("Школа № 3", BodyKind.INSTITUTION),
            ("Сетевая компания", BodyKind.EXTERNAL),
        )
    ]
    cases = [Appeal.objects.get(channel=c) for c in (Channel.POS, Channel.VK, Channel.INCIDENT)]
    head = centre.head.client
    for case, body in zip(cases, bodies, strict=True):
        head.post(f"/desk/appeals/{case.pk}/assignments/", {"body": body.pk})
    page = head.get("/desk/appeals/").content.decode()
    for case, body in zip(cases, bodies, strict=True):
        case.refresh_from_db()
        assert (case.executor_body_id, case.status) == (body.pk, Status.ASSIGNED)
        assert body.name in page
    left = head.get("/desk/appeals/", {"unassigned": "1", "open": "1"}).content.decode()
    assert "свалка" not in left
    assert "кювет" in left


@pytest.mark.clause("tuapse:2.1")
def test_a_message_moves_between_the_district_and_a_settlement(centre: Centre) -> None:
    place = centre.municipality
    everything(centre.operator.client, place)
    village = Body.objects.create(
        municipality=place, name="Администрация Озёрного поселения", kind=BodyKind.ADMINISTRATION
    )
    case = Appeal.objects.get(channel=Channel.TELEGRAM)
    rights = dict.fromkeys(EXECUTOR_RIGHTS, "body")
    mayor = make_person(place, "Полянина Ольга", rights, village)  # type: ignore[arg-type]
    address = f"/desk/appeals/{case.pk}/"
    assert mayor.client.get(address).status_code == 404
    centre.head.client.post(f"{address}assignments/", {"body": centre.water.pk})
    centre.head.client.post(f"{address}assignments/", {"body": village.pk})
    assert mayor.client.get(address).status_code == 200
    centre.head.client.post(f"{address}assignments/", {"body": centre.water.pk})
    case.refresh_from_db()
    assert case.executor_body_id == centre.water.pk
    moves = [e.sentence for e in story_of(case.pk).filter(name="ExecutorAssigned").order_by("id")]
    assert ["Водоканал" in moves[0], "Озёрного" in moves[1], "Водоканал" in moves[2]] == [True] * 3
    held = Assignment.objects.filter(question__appeal=case, withdrawn_at__isnull=True)
    assert [one.body_id for one in held] == [centre.water.pk]


EXECUTOR_RIGHTS = tuple(name for name in HEAD if name in ("view_appeals", "view_personal"))


@pytest.mark.clause("dedovichi:13.1")
def test_the_chief_specialist_of_the_regulation_takes_everything_from_one_queue() -> None:
    apply_preset(slug="dedovichi", actor=Actor.system())
    place = Municipality.objects.get(slug="dedovichi")
    Edition.objects.create(municipality=place, slug="own", title="Свои темы")
    role = Role.objects.get(municipality=place, slug="chief-specialist")
    person = Account.objects.create_user("clerk@dedovichi.test", "Приёмная Анна Ильинична")
    Appointment.objects.create(account=person, role=role, since=date(2020, 1, 1))
    client = Client()
    client.force_login(person)
    everything(client, place)
    page = client.get("/desk/appeals/").content.decode()
    for words in WORDS:
        assert words in page, words
    account = ChannelAccount.objects.get(municipality=place, kind="vk")
    waiting, _ = accept_message(
        account=account, external_id="post-9", kind=InboundKind.POST, received_at=clock.now(),
        raw=b"x", text="В группе района: разбита дорога к ферме", sender="id9",
    )  # fmt: skip
    queue = client.get("/desk/inbox/").content.decode()
    assert "разбита дорога" in queue
    client.post(f"/desk/inbox/message/{waiting.pk}/", {"verb": "register"})
    assert Appeal.objects.get(inbound_message_id=waiting.pk).channel == Channel.VK
    assert "разбита дорога" not in client.get("/desk/inbox/").content.decode()


@pytest.mark.clause("tuapse:3.1.7")
def test_messages_and_votes_of_active_citizen_come_in_and_answers_go_back(centre: Centre) -> None:
    client = centre.operator.client
    row = ("А-1", "04.03.2024", "Просим сделать сквер у пруда", "214", "https://kray.test/a/1")
    load(client, "active_citizen", CITIZEN, row)
    case = Appeal.objects.get()
    assert (case.channel, case.regime) == (Channel.ACTIVE_CITIZEN, Regime.PORTAL)
    card = client.get(f"/desk/appeals/{case.pk}/").content.decode()
    assert "Голосов" in card
    assert "214" in card
    load(client, "active_citizen", CITIZEN, (*row[:3], "391", row[4]))
    assert ExternalRecord.objects.get(appeal=case).votes == 391
    answered(centre, case)
    made = OutboundMessage.objects.get(case_id=case.pk)
    page = client.get("/desk/replies/carry/").content.decode()
    assert "https://kray.test/a/1" in page
    file = client.post("/desk/replies/carry/", {"channel": "active_citizen"})
    assert "active_citizen" in file["Content-Disposition"]
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0].values)
    assert rows[1][0] == "А-1"
    assert "бригада заделала" in str(rows[1][1])
    client.post(f"/desk/replies/carry/{made.pk}/placed/")
    made.refresh_from_db()
    assert made.state == "delivered"


@pytest.mark.clause("ust-kubinsky:4.6.a.3")
def test_one_platform_takes_shows_and_answers(centre: Centre) -> None:
    """A form, a look-up and an answer for the citizen; other channels in the same place."""
    everything(centre.operator.client, centre.municipality)
    number, code = by_form("zaozersk", "На Лесной течёт колонка")
    citizen = Client()
    citizen.post("/follow/", {"number": number, "code": code})
    assert "зарегистрировано" in citizen.get("/follow/case/").content.decode()
    answered(centre, Appeal.objects.get(number=number))
    page = citizen.get("/follow/case/").content.decode()
    assert "бригада заделала 5 марта" in page
    assert Appeal.objects.filter(municipality=centre.municipality).count() == len(WORDS) + 1


def answered(centre: Centre, case: Appeal) -> None:
    """Assigned, drafted, signed; sent by the operator on the card."""
    given(centre, case)
    reply = signed(centre, case)
    sending = f"/desk/appeals/{case.pk}/sending/"
    centre.operator.client.post(sending, {"reply": reply.pk})
    for message in OutboundMessage.objects.filter(case_id=case.pk):
        with clock.frozen(message.send_after):
            deliver(message.pk)
        note_delivery(outbound_id=message.pk)


WHO = {
    "citizen": "гражданин", "abroad": "гражданин, живущий за рубежом",
    "foreigner": "иностранный гражданин", "stateless": "лицо без гражданства",
    "organisation": "организация",
}  # fmt: skip


@pytest.mark.clause("pereslavl:1.2.a", "novoduginsky:1.2.a")
def test_people_are_told_apart_and_their_cases_led_and_watched_in_one_journal(
    centre: Centre,
) -> None:
    """Whoever writes and by whatever channel: one list with executor, state and term."""
    client, place = centre.operator.client, centre.municipality
    channels = ("pos", "hotline122", "telegram", "paper", "other")
    for (kind, label), channel in zip(WHO.items(), channels, strict=True):
        card = {
            "q-TOTAL_FORMS": "1", "q-INITIAL_FORMS": "0", "q-0-text": f"Пишет {label}: нет воды",
            "applicant_kind": kind, "name": "Иванова Мария", "channel": channel,
            "postal_address": "Заозёрск, Мира, 1",
        }  # fmt: skip
        page = client.post("/desk/appeals/new/", card, follow=True).content.decode()
        assert label in page
        assert Appeal.objects.get(channel=channel).applicant.kind == kind
    everything(client, place)
    water = Appeal.objects.get(channel=Channel.HOTLINE122)
    centre.head.client.post(f"/desk/appeals/{water.pk}/assignments/", {"body": centre.water.pk})
    journal = centre.head.client.get("/desk/appeals/").content.decode()
    for words in (*WORDS, *WHO.values(), "Водоканал", "у исполнителя", "зарегистрировано"):
        assert words in journal, words
