"""An обращение under 59-ФЗ in each of its forms: registered, with its terms, answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Kind, Regime
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import Purpose
from otklik.web.desk.tests.answering import NOON, given, page, signed
from otklik.web.desk.tests.conftest import Centre

pytestmark = pytest.mark.django_db
ADDRESS = {"postal_address": "ул. Садовая, 5"}


@pytest.mark.clause("novoduginsky:1.1.8")
@pytest.mark.parametrize(
    ("channel", "kind", "more"),
    [
        (Channel.PAPER, Kind.PROPOSAL, ADDRESS),
        (Channel.POS, Kind.STATEMENT, {"external_number": "ЕПГУ-15", "email": "m@citizen.test"}),
        (Channel.RECEPTION, Kind.COMPLAINT, ADDRESS),
    ],
)
def test_each_form_is_registered_has_statutory_terms_and_is_answered(
    centre: Centre, channel: Channel, kind: Kind, more: dict[str, str]
) -> None:
    form = {
        "channel": channel, "regime": Regime.LAW59, "kind": kind, "applicant_kind": "citizen",
        "name": "Иванова Мария Петровна", "q-TOTAL_FORMS": 1, "q-INITIAL_FORMS": 0,
        "q-0-text": "На улице Садовой у дома 5 большая яма", **more,
    }  # fmt: skip
    with clock.frozen(NOON):
        assert centre.operator.client.post(reverse("desk:register"), form).status_code == 302
        case = Appeal.objects.get()
        assert (case.channel, case.regime, case.kind) == (channel, Regime.LAW59, kind)
        assert case.number
        assert case.registered_at is not None
        answer = Deadline.objects.get(appeal=case, kind=DeadlineKind.ANSWER)
        assert answer.due_at.date() - case.registered_at.date() == timedelta(days=30)
        assert "59-ФЗ" in page(centre.operator.client, "desk:appeal_terms", pk=case.pk)
        reply = signed(centre, given(centre, case))
        sending = {"reply": reply.pk, "result": "explained"}
        address = reverse("desk:sending", args=[case.pk])
        assert centre.operator.client.post(address, sending).status_code == 302
    sent = OutboundMessage.objects.get(case_id=case.pk, purpose=Purpose.ANSWER)
    assert reply.text in sent.text
    shown = page(centre.operator.client, "desk:appeal", pk=case.pk)
    assert case.number in shown
    assert reply.number in shown
