"""A client written by others reads our Open311 server over a real connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from georeport import GeoReport

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel
from otklik.exchange.channels.actions import set_up_account
from otklik.web.api.tests.conftest import Place


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_services_and_requests(
    form: str, place: Place, file_case: Callable[..., Appeal], live_server: Any
) -> None:
    set_up_account(access=place.system, kind="open311", title="Open311")
    cases = [file_case(f"Яма {n} у школы", channel=Channel.OPEN311) for n in range(2)]
    client = GeoReport(f"{live_server.url}/open311/v2", jurisdiction="zaozersk", output_format=form)
    services = client.get_service_list()
    one = services[0] if form == "json" else services
    assert one["service_name"] == "Ямы на дорогах"
    told = client.get_service_definition(one["service_code"])
    assert told["service_code"] == one["service_code"]
    requests = client.get_service_requests(status="open", service_code=one["service_code"])
    assert {each["service_request_id"] for each in requests} == {str(case.pk) for case in cases}
    single = client.get_service_request(str(cases[0].pk))
    assert single["description"] == "Яма 0 у школы"
    assert single["status"] == "open"
