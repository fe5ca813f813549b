"""Every page for citizens: how many queries, and the same for three rows and for thirty."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, assign_executor
from otklik.casework.appeals.actions.registration import code_hash
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.consultations.models import Consultation, Option
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.satisfaction.actions import ask
from otklik.casework.satisfaction.models import Survey
from otklik.casework.satisfaction.queries import token_of
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Edition, Topic
from otklik.records.attachments.actions import store
from otklik.records.attachments.models import Attachment
from otklik.web.look.tests.counting import counts_of, grown, over, views_of

pytestmark = pytest.mark.django_db
CODE = "АБВГД-12345"

# Page → most queries.
PAGES = {
    "portal:home": 2,
    "portal:centre": 7,
    "portal:consultations": 5,
    "portal:about": 4,
    "portal:new": 9,
    "portal:map": 6,
    "portal:receipt": 5,
    "portal:follow": 2,
    "portal:case": 13,
    "portal:materials": 3,
    "portal:withdrawal": 3,
    "portal:answer-file": 4,
    "portal:rate": 6,
    "portal:privacy": 2,
    "portal:accessibility": 2,
}
# Pages counted in tests of their own.
ELSEWHERE = ("portal.reception", "portal.identity", "portal.widget", "portal.pos")


@pytest.fixture
def case() -> Appeal:
    """An answered case whose author has its page open."""
    cache.clear()
    install_builtin_rules()
    place = make_place(0)
    new = NewAppeal(
        regime=Regime.PORTAL, channel=Channel.PORTAL, text="Яма у школы",
        received_at=clock.now(), applicant=NewApplicant(name="Иванова Мария Петровна"),
    )  # fmt: skip
    made = take(access=Access.system(place.pk), new=new)
    Appeal.objects.filter(pk=made.pk).update(
        status=Status.ANSWERED, answered_at=clock.now(), code_hash=code_hash(CODE)
    )
    return made


def make_place(n: int) -> Municipality:
    return Municipality.objects.create(
        slug=f"place-{n}", name=f"Округ {n}", short_name=f"Округ {n}", kind="municipal_okrug",
        region="Край",
    )  # fmt: skip


def fill(case: Appeal, names: range) -> None:
    """More centres, topics, settlements; more executors, answers, files and scores of the case."""
    access = Access.system(case.municipality_id)
    edition, _ = Edition.objects.get_or_create(
        municipality_id=case.municipality_id, slug="own", defaults={"title": "Свои темы"}
    )
    for n in names:
        make_place(n)
        Topic.objects.create(edition=edition, code=f"{n}", name=f"Тема {n}", group=f"Группа {n}")
        Settlement.objects.create(
            municipality_id=case.municipality_id, name=f"Село {n}", kind="village", lat=59, lon=39
        )
        body = Body.objects.create(
            municipality_id=case.municipality_id, name=f"Служба {n}", kind="institution"
        )
        Appeal.objects.filter(pk=case.pk).update(status=Status.ASSIGNED)
        assign_executor(access=access, appeal_id=case.pk, body_id=body.pk)
        Appeal.objects.filter(pk=case.pk).update(status=Status.ANSWERED)
        reply = Reply.objects.create(
            appeal=case, status="sent", text=f"Яму {n} заделали.", author_label="Дорожная служба",
            created_at=clock.now(), sent_at=clock.now(), signed_label="Глава",
        )  # fmt: skip
        store(
            municipality_id=case.municipality_id, file_name=f"Акт {n}.txt",
            content=f"Акт {n}".encode(), subject=SUBJECT, subject_id=reply.pk,
        )  # fmt: skip
        ask(reply_id=reply.pk)
        hold(case.municipality_id, n)


def hold(place_id: int, n: int) -> None:
    """One vote on ПОС that is on, one that is over."""
    for state, votes in (("running", None), ("published", n)):
        held = Consultation.objects.create(
            municipality_id=place_id, kind="vote", title=f"Сквер {n}", question="Что сначала?",
            starts_on=clock.today(), ends_on=clock.today(), basis="Устав", state=state,
            participants=votes, created_at=clock.now(),
        )  # fmt: skip
        Option.objects.create(consultation=held, number=1, text="Дорожки", votes=votes)


def addresses(case: Appeal) -> dict[str, str]:
    survey = Survey.objects.order_by("pk").first()
    file = Attachment.objects.filter(subject=SUBJECT).order_by("pk").first()
    assert survey
    assert file
    slug = case.municipality.slug
    keys: dict[str, dict[str, object]] = {
        "portal:centre": {"slug": slug},
        "portal:about": {"slug": slug},
        "portal:consultations": {"slug": slug},
        "portal:new": {"slug": slug},
        "portal:map": {"slug": slug},
        "portal:answer-file": {"file_id": file.pk},
        "portal:rate": {"token": token_of(survey)},
    }
    return {name: reverse(name, kwargs=keys.get(name)) for name in PAGES}


def test_pages_ask_the_same_of_three_rows_and_of_thirty(case: Appeal, client: Client) -> None:
    fill(case, range(1, 4))
    opened = client.post("/follow/", {"number": case.number, "code": CODE})
    assert opened["Location"] == reverse("portal:case")
    _file_one(client, case)
    pages = addresses(case)
    few = counts_of(client, pages)
    fill(case, range(4, 31))
    many = counts_of(client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    shown = client.get(pages["portal:case"]).content.decode()
    assert "Яму 1 заделали" in shown
    assert "Яму 30 заделали" in shown
    held = client.get(pages["portal:consultations"]).content.decode()
    assert held.count("Сквер 30") == 2


def _file_one(client: Client, case: Appeal) -> None:
    """A message of the same visitor, so that the receipt has what to show."""
    url = reverse("portal:new", kwargs={"slug": case.municipality.slug})
    token = client.get(url).context["form"]["form_token"].value()
    assert client.post(url, {"text": "Не горит фонарь", "form_token": token}).status_code == 302


def test_every_address_for_citizens_is_counted() -> None:
    views = views_of("otklik.web.portal")
    own = {name for name, view in views.items() if not view.__module__.endswith(ELSEWHERE)}
    assert own == set(PAGES)
