"""The head keeps the socially significant themes; work is split and filtered by them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.models import Block
from otklik.directory.topics.models import SocialTheme, Topic
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.tests.world import run_jobs
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.look.tests.counting import counts_of, grown, over

pytestmark = pytest.mark.django_db
FileAppeal = Callable[..., Appeal]
ROOT = "/desk/settings/themes"
EIGHT = (
    "Здравоохранение", "Образование", "Социальная защита", "Жилищно-коммунальное хозяйство",
    "Твёрдые коммунальные отходы", "Дороги", "Транспорт", "Энергетика",
)  # fmt: skip


def page(person: Person, url: str) -> str:
    answer = person.client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode().replace("\u00a0", " ")


def say(person: Person, url: str, **form: object) -> str:
    return person.client.post(url, form, follow=True).content.decode().replace("\u00a0", " ")


def mark(person: Person, case: Appeal, theme: str) -> str:
    said = say(person, reverse("desk:formal_theme", args=[case.pk]), theme=theme)
    case.refresh_from_db()
    return said


@pytest.mark.clause("novoduginsky:1.1.12")
def test_the_head_keeps_the_list_and_staff_mark_every_appeal(
    centre: Centre, keeper: Person, file_appeal: FileAppeal
) -> None:
    block = Block.objects.create(municipality=centre.municipality, name="Природа")
    shown = page(keeper, f"{ROOT}/")
    assert all(name in shown for name in EIGHT)
    say(keeper, f"{ROOT}/new/", name="Экология", outside_name="Охрана природы", blocks=block.pk)
    say(keeper, f"{ROOT}/waste/", name="Обращение с отходами")
    say(keeper, f"{ROOT}/energy/state/", on="")
    own = SocialTheme.objects.get(name="Экология")
    assert list(own.blocks.all()) == [block]
    assert SocialTheme.objects.count() == 9
    shown = page(keeper, f"{ROOT}/")
    for word in ("Обращение с отходами", "Природа", "в BI ЦУР: Охрана природы", "не действует"):
        assert word in shown
    told = " ".join(Entry.objects.order_by("pk").values_list("sentence", flat=True))
    assert "«Экология»; на ней сформированы блоки: Природа" in told
    assert "«Обращение с отходами» (прежде «Твёрдые коммунальные отходы»)" in told
    assert "«Энергетика» больше не действует" in told

    case, other = file_appeal(topic_id=centre.holes.pk), file_appeal("Просто пишу вам")
    assert (case.theme, other.theme) == ("roads", "")
    assert "Тематика отмечена" in mark(centre.operator, case, own.slug)
    mark(centre.operator, other, "none")
    assert (case.theme, other.theme) == (own.slug, "none")
    url = reverse("desk:topic", args=[case.pk])
    centre.operator.client.post(url, {"topic": centre.leaks.pk, "question": 1})
    case.refresh_from_db()
    assert (case.topic, case.theme) == (centre.leaks, own.slug)
    assert "Такой тематики нет" in mark(centre.operator, case, "energy")
    mark(centre.executor, case, "none")
    assert case.theme == own.slug


def test_a_theme_without_a_name_or_with_a_taken_one_is_refused(keeper: Person) -> None:
    assert "уже есть" in say(keeper, f"{ROOT}/new/", name="дороги")
    assert "уже есть" in say(keeper, f"{ROOT}/roads/", name="Транспорт")
    assert "Отметьте темы" in say(keeper, f"{ROOT}/topics/", theme="roads")
    assert keeper.client.get(f"{ROOT}/moon/").status_code == 404
    assert [one.name for one in SocialTheme.objects.all()] in ([], list(EIGHT))


def test_only_keepers_open_the_list(centre: Centre, keeper: Person, setter: Person) -> None:
    for path in ("", "new/", "roads/"):
        assert keeper.client.get(f"{ROOT}/{path}").status_code == 200
        assert setter.client.get(f"{ROOT}/{path}").status_code == 200
        for other in (centre.operator, centre.head, centre.executor):
            assert other.client.get(f"{ROOT}/{path}").status_code == 403
            assert other.client.post(f"{ROOT}/{path}", {"name": "Взлом"}).status_code in (403, 405)
    assert not SocialTheme.objects.exists()


def test_cases_follow_the_theme_that_the_centre_gives_to_a_topic(
    centre: Centre, keeper: Person, file_appeal: FileAppeal
) -> None:
    case, said = (file_appeal(f"{n} течёт", topic_id=centre.leaks.pk) for n in range(2))
    assert case.theme == "housing"
    mark(centre.operator, said, "health")
    say(keeper, f"{ROOT}/topics/", theme="roads", topic=[centre.leaks.pk])
    assert run_jobs("appeals.follow_topics") == 1
    run_jobs("facts.rebuild")
    case.refresh_from_db()
    said.refresh_from_db()
    assert (case.theme, said.theme) == ("roads", "health")
    assert set(QuestionFact.objects.values_list("theme", flat=True)) == {"roads", "health"}
    followed = list(QuestionFact.objects.order_by("pk").values())
    rebuild(municipality_id=centre.municipality.pk)
    assert list(QuestionFact.objects.order_by("pk").values()) == followed
    assert file_appeal("Ещё течёт", topic_id=centre.leaks.pk).theme == "roads"


@pytest.mark.clause("novoduginsky:1.3")
def test_queues_routes_reports_and_boards_are_split_by_themes(
    centre: Centre, setter: Person, file_appeal: FileAppeal
) -> None:
    holes = [file_appeal(f"Яма {n}", topic_id=centre.holes.pk) for n in range(3)]
    leak, loose = file_appeal("Течёт", topic_id=centre.leaks.pk), file_appeal("Просто пишу")
    mark(centre.operator, loose, "none")

    listed = page(centre.operator, "/desk/appeals/?theme=roads")
    assert all(case.number in listed for case in holes)
    assert leak.number not in listed
    assert "тематика: Дороги" in listed
    assert loose.number in page(centre.operator, "/desk/appeals/?theme=none")
    queue = page(centre.operator, "/desk/formalising/?tab=rest&theme=housing")
    assert leak.number in queue
    assert holes[0].number not in queue

    rule = {"name": "Дороги — дорожной службе", "theme": "roads", "body": centre.roads.pk}
    made = setter.client.post("/desk/settings/routing/new/", {**rule, "order": 100})
    assert made.status_code == 302
    assert "тематика: Дороги" in page(setter, "/desk/settings/routing/")
    offered = page(centre.head, reverse("desk:appeal", args=[holes[0].pk]))
    assert "Правило «Дороги — дорожной службе» предлагает" in offered
    offered = page(centre.head, reverse("desk:appeal", args=[leak.pk]))
    assert "Правило «Дороги — дорожной службе» предлагает" not in offered

    rebuild(municipality_id=centre.municipality.pk)
    table = centre.head.client.get("/desk/summary/?rows=theme&columns=topic").content.decode()
    for name in ("Дороги", "Жилищно-коммунальное хозяйство", "Не относится"):
        assert name in table
    assert "theme=roads" in table
    narrow = page(centre.head, "/desk/summary/?rows=topic&theme=roads")
    assert "Ямы на дорогах" in narrow
    counted = centre.head.client.get("/desk/map/?theme=housing")
    assert counted.status_code == 200
    assert counted.context["wanted"].theme == "housing"


PAGES = {f"{ROOT}/": 14, f"{ROOT}/new/": 11, f"{ROOT}/roads/": 13}


def test_pages_ask_the_same_however_many_topics(centre: Centre, keeper: Person) -> None:
    say(keeper, f"{ROOT}/new/", name="Экология")
    urls = {url: url for url in PAGES}
    few = counts_of(keeper.client, urls)
    Topic.objects.bulk_create(
        Topic(edition=centre.holes.edition, code=f"x{n}", name=f"Тема {n}") for n in range(30)
    )
    blocks = [Block(municipality=centre.municipality, name=f"Блок {n}") for n in range(5)]
    for block in Block.objects.bulk_create(blocks):
        block.themes.add(*SocialTheme.objects.all())
    many = counts_of(keeper.client, urls)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
