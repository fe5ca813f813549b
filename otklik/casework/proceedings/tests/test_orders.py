"""Grounds as data, plain e-mail, collective appeals, rights, and what is told to whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.actions import NewApplicant, convert_regime
from otklik.casework.appeals.vocabulary import ApplicantKind, Channel, Kind, Regime, Status
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.proceedings import actions
from otklik.casework.proceedings.actions import Given, SignatoryGiven, TransferTo
from otklik.casework.proceedings.models import Decision, Ground
from otklik.casework.proceedings.queries import ground_for, offered
from otklik.casework.proceedings.tests.conftest import MONDAY, MakeAppeal, person
from otklik.casework.proceedings.vocabulary import EmailPractice
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.records.attachments.actions import store

pytestmark = pytest.mark.django_db
MAIL = NewApplicant(name="Иванова Мария Петровна", email="ivanova@example.test")


@pytest.fixture
def setter(town: Municipality) -> Access:
    return person(town, "Порядкова Нина Ильинична", (Permission.SET_UP,))


def own_edition(setter: Access, since: date, **more: Any) -> Ground:
    values: dict[str, Any] = {"template": "По № {номер}: {причина}", "days": 5, **more}
    return actions.save_ground(access=setter, slug="art11-4", since=since, **values)


def test_a_case_keeps_the_ground_of_its_registration_day(
    make_appeal: MakeAppeal, setter: Access, head: Access
) -> None:
    before = make_appeal()
    since = MONDAY.date() + timedelta(days=3)
    own_edition(setter, since)
    with clock.frozen(MONDAY + timedelta(days=4)):
        after = make_appeal("Другой вопрос")
        assert ground_for(before, "art11-4").days == 7
        assert ground_for(after, "art11-4").days == 5
        actions.leave_unanswered(
            access=head, appeal_id=after.pk, slug="art11-4", given=Given(reason="Не прочесть")
        )
    own_edition(setter, since + timedelta(days=30), days=3)
    decision = Decision.objects.get(appeal=after)
    assert decision.ground["days"] == 5
    assert decision.notice_text == f"По № {after.number}: Не прочесть"
    assert ground_for(after, "art11-4").days == 5


def test_an_edition_follows_the_last_one_and_fills_known_blanks(setter: Access) -> None:
    own_edition(setter, MONDAY.date())
    with pytest.raises(Refused, match="позже прежней"):
        own_edition(setter, MONDAY.date())
    with pytest.raises(Refused, match="неизвестная подстановка"):
        own_edition(setter, MONDAY.date() + timedelta(days=9), template="{имя}")


def test_shipped_terms_that_need_checking_say_so() -> None:
    actions.install_builtin_grounds()
    shipped = {row.slug: row for row in Ground.objects.filter(municipality=None)}
    assert shipped["art8-3"].verify
    assert not shipped["art11-2"].verify
    assert {row.article for row in shipped.values()} >= {"ст. 8 ч. 7", "ст. 11 ч. 5.1"}


def test_e_mail_files_no_appeal_since_march_2025(make_appeal: MakeAppeal, head: Access) -> None:
    with pytest.raises(Refused) as refusal:
        make_appeal(channel=Channel.EMAIL, applicant=MAIL)
    assert "ст. 4 № 59-ФЗ" in refusal.value.message
    assert "Зарегистрируйте его как сообщение" in refusal.value.mend
    old = make_appeal(channel=Channel.EMAIL, applicant=MAIL, received_at=MONDAY.replace(year=2025))
    assert old.regime == Regime.LAW59
    message = make_appeal(channel=Channel.EMAIL, applicant=MAIL, regime=Regime.MAIL)
    with pytest.raises(Refused, match="без причины"):
        convert_regime(access=head, appeal_id=message.pk, regime=Regime.LAW59, reason="")
    convert_regime(
        access=head, appeal_id=message.pk, regime=Regime.LAW59, reason="Личность подтверждена"
    )
    message.refresh_from_db()
    assert message.regime == Regime.LAW59


def test_a_letter_is_answered_by_the_template_only_where_chosen(
    make_appeal: MakeAppeal, setter: Access
) -> None:
    letter = make_appeal(channel=Channel.EMAIL, applicant=MAIL, regime=Regime.MAIL)
    assert actions.explain_email(appeal_id=letter.pk) is None
    with pytest.raises(Refused, match="Нужен текст"):
        actions.set_practice(access=setter, email=EmailPractice.EXPLAIN)
    actions.set_practice(
        access=setter, email=EmailPractice.EXPLAIN,
        email_template="Сообщение № {номер} принято. Обращение подайте через Госуслуги.",
    )  # fmt: skip
    sent = actions.explain_email(appeal_id=letter.pk)
    assert sent is not None
    assert sent.text.startswith(f"Сообщение № {letter.number} принято")
    assert actions.explain_email(appeal_id=letter.pk) is None
    paper = make_appeal("На бумаге", regime=Regime.OTHER)
    assert actions.explain_email(appeal_id=paper.pk) is None


def test_many_sign_and_one_speaks_for_all(make_appeal: MakeAppeal, operator: Access) -> None:
    appeal = make_appeal()
    anna = SignatoryGiven(name="Петрова Анна Ильинична", address="Мира, 5", representative=True)
    ivan = SignatoryGiven(name="Сидоров Иван Петрович")
    for people in ((anna,), (ivan, SignatoryGiven(name="Орлов"))):
        with pytest.raises(Refused, match=r"ст\. 2 № 59-ФЗ"):
            actions.set_signatories(access=operator, appeal_id=appeal.pk, people=people)
    actions.set_signatories(access=operator, appeal_id=appeal.pk, people=(ivan, anna))
    appeal.applicant.refresh_from_db()
    assert appeal.applicant.kind == ApplicantKind.COLLECTIVE
    assert appeal.applicant.name == anna.name
    assert appeal.signatories.get(representative=True).name == anna.name


def test_each_addressee_gets_a_copy_with_the_files(
    make_appeal: MakeAppeal, operator: Access
) -> None:
    appeal = make_appeal(questions=("Яма", "Пенсия"))
    photo = store(
        municipality_id=appeal.municipality_id, file_name="яма.txt", content=b"photo",
        subject="appeal", subject_id=appeal.pk,
    )  # fmt: skip
    to = [
        TransferTo(question=1, addressee="Министерство дорог", email="roads@region.test"),
        TransferTo(question=2, addressee="Социальный фонд", results_asked=True),
    ]
    decision = actions.forward(
        access=operator, appeal_id=appeal.pk, transfers=to, slug="art8-4",
        given=Given(reason="Вопросы решают они"),
    )  # fmt: skip
    by_mail, by_hand = OutboundMessage.objects.filter(key__startswith="transfer:").order_by("pk")
    assert (by_mail.channel, by_hand.channel) == (ChannelKind.EMAIL, ChannelKind.PAPER)
    assert by_mail.attachment_ids == [photo.pk]
    assert "Просим сообщить нам о результатах" in by_hand.text
    assert "Просим сообщить" not in by_mail.text
    assert "Министерство дорог; Социальный фонд" in decision.notice_text
    forwarding = Deadline.objects.get(appeal=appeal, kind=DeadlineKind.FORWARDING)
    assert forwarding.state == DeadlineState.MET


def test_without_a_notice_there_is_no_decision(
    make_appeal: MakeAppeal, head: Access, town: Municipality
) -> None:
    """The citizen wrote by mail, and the centre has no mailbox any more."""
    appeal = make_appeal(
        channel=Channel.EMAIL, applicant=MAIL, received_at=MONDAY.replace(year=2025)
    )
    ChannelAccount.objects.filter(municipality=town).update(enabled=False)
    with pytest.raises(Refused, match="нет включённого канала"):
        actions.leave_unanswered(
            access=head, appeal_id=appeal.pk, slug="art11-3", given=Given(reason="Угрозы")
        )
    appeal.refresh_from_db()
    assert appeal.status == Status.REGISTERED
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("channel", "kind"), [(Channel.PORTAL, "portal"), (Channel.PAPER, "paper")]
)
def test_a_centre_without_a_mailbox_tells_as_the_citizen_wrote(
    make_appeal: MakeAppeal, head: Access, town: Municipality, channel: Channel, kind: str
) -> None:
    ChannelAccount.objects.filter(municipality=town).update(enabled=False)
    appeal = make_appeal(channel=channel, applicant=MAIL)
    decision = actions.leave_unanswered(
        access=head, appeal_id=appeal.pk, slug="art11-3", given=Given(reason="Угрозы")
    )
    assert OutboundMessage.objects.get(key=f"decision:{decision.pk}").channel == kind


def test_only_who_may_decide_decides_and_only_once(
    make_appeal: MakeAppeal, operator: Access, head: Access
) -> None:
    appeal, given = make_appeal(), Given(reason="Нецензурно")
    assert "art11-3" not in {ground.slug for ground in offered(operator, appeal)}
    with pytest.raises(Forbidden):
        actions.leave_unanswered(access=operator, appeal_id=appeal.pk, slug="art11-3", given=given)
    actions.leave_unanswered(access=head, appeal_id=appeal.pk, slug="art11-3", given=given)
    with pytest.raises(Conflict, match="уже закрыто"):
        actions.leave_unanswered(access=head, appeal_id=appeal.pk, slug="art11-3", given=given)
    appeal.refresh_from_db()
    assert {ground.verb for ground in offered(head, appeal)} == {
        "resume", "materials", "read_file",
    }  # fmt: skip


def test_a_citizen_may_stop_a_message_too(make_appeal: MakeAppeal, operator: Access) -> None:
    message = make_appeal(regime=Regime.SOCIAL, channel=Channel.VK)
    actions.withdraw(access=operator, appeal_id=message.pk, reason="Уже починили")
    message.refresh_from_db()
    assert message.status == Status.WITHDRAWN
    decision = Decision.objects.get(appeal=message)
    assert "59-ФЗ" not in decision.notice_text + decision.article
    assert message.number in decision.notice_text


@pytest.mark.clause("pereslavl:1.1.4", "novoduginsky:1.1.9")
@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.RECEPTION, Channel.POS])
def test_a_message_lives_outside_the_law(
    make_appeal: MakeAppeal, head: Access, channel: Channel
) -> None:
    """Written, oral or electronic: a number, a term and steps of its own."""
    message = make_appeal(regime=Regime.POS, channel=channel)
    appeal = make_appeal("О том же по закону")
    assert (message.number[0], appeal.number[0]) == ("С", "О")
    rules = {row.appeal_id: row.rule["slug"] for row in Deadline.objects.filter(kind="answer")}
    assert (rules[message.pk], rules[appeal.pk]) == ("pos-answer", "law59-answer")
    assert not Deadline.objects.filter(appeal=message, kind=DeadlineKind.FORWARDING).exists()
    assert {ground.verb for ground in offered(head, message)} == {"withdraw", "materials"}
    assert {"forward", "return", "leave"} <= {ground.verb for ground in offered(head, appeal)}


@pytest.mark.clause("pereslavl:1.1.5")
@pytest.mark.parametrize("kind", [Kind.PROPOSAL, Kind.STATEMENT, Kind.COMPLAINT])
def test_a_message_becomes_an_appeal_when_the_citizen_asks(
    make_appeal: MakeAppeal, head: Access, kind: Kind
) -> None:
    """From then on it is registered, timed and decided by the law, whatever its kind."""
    message = make_appeal(regime=Regime.POS, channel=Channel.POS, kind=kind)
    convert_regime(
        access=head, appeal_id=message.pk, regime=Regime.LAW59, reason="Просит заявитель"
    )
    message.refresh_from_db()
    set_deadlines(appeal=message)
    terms = {row.kind: row.rule["slug"] for row in Deadline.objects.filter(appeal=message)}
    assert terms["answer"] == "law59-answer"
    assert terms["registration"] == "law59-registration"
    decision = actions.leave_unanswered(
        access=head, appeal_id=message.pk, slug="art11-4-1", given=Given(reason="Неясно")
    )
    assert message.kind == kind
    assert OutboundMessage.objects.filter(key=f"decision:{decision.pk}").exists()
