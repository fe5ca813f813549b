"""The library of acts: who issued an act, in which edition, and while it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions import save_draft
from otklik.casework.replies.rules.citing import citation
from otklik.directory.organisation.models import LegalAct
from otklik.directory.organisation.queries.duties import names_act
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.answering import GOOD, given
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.desk.tests.settings_pages import ROOT, plain, text
from otklik.web.look.tests.counting import counts_of, grown, over

pytestmark = pytest.mark.django_db
ACT = {
    "level": "regional", "title": "Закон о дополнительных гарантиях", "number": "8-ОЗ",
    "issued_on": "2020-03-01", "issuer": "Законодательное собрание", "edition": "от 10.02.2024",
    "in_force_from": "2020-04-01",
}  # fmt: skip


def test_an_act_out_of_force_says_so_from_the_day_after(centre: Centre, keeper: Person) -> None:
    last = clock.today() + timedelta(days=10)
    answer = keeper.client.post(f"{ROOT}/library/", {**ACT, "in_force_until": last.isoformat()})
    assert answer.status_code == 302
    shown = text(centre.executor, "library")
    for words in ("Законодательное собрание", "редакция от 10.02.2024", "действует с 01.04.2020"):
        assert words in shown
    assert "не действует" not in shown
    act = LegalAct.objects.get()
    assert (act.in_force(last), act.in_force(last + timedelta(days=1))) == (True, False)
    LegalAct.objects.update(in_force_until=clock.today() - timedelta(days=1))
    assert "не действует" in text(centre.executor, "library")


def test_an_act_cannot_end_before_it_begins(centre: Centre, keeper: Person) -> None:
    page = keeper.client.post(f"{ROOT}/library/", {**ACT, "in_force_until": "2019-01-01"})
    assert "раньше, чем начинает" in page.content.decode()
    assert not LegalAct.objects.exists()


LAW = {
    "level": "federal", "title": "Федеральный закон «О порядке рассмотрения обращений граждан»",
    "number": "59-ФЗ", "issued_on": "2006-05-02",
}  # fmt: skip
CITED = "в соответствии с Федеральным законом от 02.05.2006 № 59-ФЗ (ст. 10)"


@pytest.mark.clause("tuapse:1.8")
def test_acts_of_every_level_are_linked_from_rules_templates_and_answers(
    centre: Centre, keeper: Person, setter: Person, file_appeal: Callable[..., Appeal]
) -> None:
    levels = {"regional": "8-ОЗ", "charter": "1-У", "regulation": "15-П", "municipal": "77"}
    for level, number in levels.items():
        keeper.client.post(f"{ROOT}/library/", {**ACT, "level": level, "number": number})
    keeper.client.post(f"{ROOT}/library/", LAW)
    act = LegalAct.objects.get(number="59-ФЗ")
    assert LegalAct.objects.count() == 5

    template = {"title": "По закону", "text": f"Отвечаем {CITED}, как положено."}
    assert CITED.partition(" (")[0] in text(setter, "samples/new")
    assert setter.client.post(f"{ROOT}/samples/new/", template).status_code == 302

    case = given(centre, file_appeal())
    client, card = centre.executor.client, f"/desk/appeals/{case.pk}/"
    typed = {"text": f"{GOOD} Ответ дан", "next": "cite"}
    assert client.post(f"{card}reply/", typed)["Location"] == f"{card}citation/"
    client.post(f"{card}citation/", {"act": act.pk, "article": "10"})
    shown = plain(client.get(card).content)
    assert f"Ответ дан {CITED}" in shown
    client.post(f"{card}reply/", {"text": f"{GOOD} Ответ дан {CITED}.", "next": "save"})
    assert list(case.replies.get().acts.all()) == [act]

    page = text(centre.executor, f"library/{act.pk}")
    assert "Регистрация" in page
    assert "По закону" in page
    assert case.number in page
    assert case.number not in text(keeper, f"library/{act.pk}")


def test_an_act_is_corrected_and_an_answer_by_a_dead_act_is_warned_of(
    centre: Centre, keeper: Person, file_appeal: Callable[..., Appeal]
) -> None:
    keeper.client.post(f"{ROOT}/library/", LAW)
    act = LegalAct.objects.get()
    case = given(centre, file_appeal())
    client, card = centre.executor.client, f"/desk/appeals/{case.pk}/"
    ticks = dict.fromkeys(("on_point", "all_questions", "facts_checked"), "1")
    client.post(f"{card}reply/", {"text": f"{GOOD} Ответ дан {CITED}.", "next": "submit", **ticks})
    assert "ссылается ответ" not in centre.head.client.get(card).content.decode()
    page = f"{ROOT}/library/{act.pk}/"
    assert client.post(page, LAW).status_code == 403
    ended = {**LAW, "in_force_until": (clock.today() - timedelta(days=1)).isoformat()}
    assert keeper.client.post(page, ended).status_code == 302
    assert Entry.objects.filter(name="LegalActChanged", subject_id=act.pk).exists()
    shown = plain(centre.head.client.get(card).content)
    assert "Не действует: Федеральный закон" in shown
    assert "Сошлитесь на действующий акт." in shown


def test_a_correction_may_not_repeat_another_act(centre: Centre, keeper: Person) -> None:
    keeper.client.post(f"{ROOT}/library/", LAW)
    keeper.client.post(f"{ROOT}/library/", ACT)
    other = LegalAct.objects.get(number="8-ОЗ")
    answer = keeper.client.post(f"{ROOT}/library/{other.pk}/", LAW)
    assert "уже в библиотеке" in answer.content.decode()
    other.refresh_from_db()
    assert other.number == "8-ОЗ"


def test_the_page_of_an_act_asks_the_same_however_often_it_is_named(
    centre: Centre, keeper: Person, file_appeal: Callable[..., Appeal]
) -> None:
    keeper.client.post(f"{ROOT}/library/", LAW)
    page = {"act": f"{ROOT}/library/{LegalAct.objects.get().pk}/"}
    counts = []
    for times in (1, 6):
        for _ in range(times):
            case = given(centre, file_appeal(f"Яма {times}"))
            save_draft(access=centre.executor.access, appeal_id=case.pk, text=f"{GOOD} {CITED}.")
        counts.append(counts_of(centre.executor.client, page))
    assert grown(*counts) == {}
    assert over(counts[1], {"act": 16}) == {}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Закон Краснодарского края «О чём-то»", "Законом Краснодарского края от"),
        ("Устав округа", "Уставом округа от"),
        ("Постановление администрации об утверждении порядка", "постановлением администрации от"),
        ("О мерах поддержки", "актом «О мерах поддержки» от"),
    ],
)
def test_an_act_is_named_in_the_case_the_phrase_asks_for(title: str, words: str) -> None:
    said = citation(title=title, number="1", issued_on=date(2024, 1, 1))
    assert said.startswith(f"в соответствии с {words}")


def test_a_number_is_not_taken_for_the_beginning_of_another(centre: Centre) -> None:
    act = LegalAct(number="8", issued_on=date(2024, 1, 1))
    assert names_act("ст. 3 № 8", act)
    assert not names_act("ст. 3 № 8-ОЗ", act)
    assert not names_act("от 05.06.2023 № 8", act)
    assert names_act("от 01.01.2024 № 8", act)
