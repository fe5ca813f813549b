"""An application of the city: reports by POST, reads by the client of others."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx
from georeport import GeoReport

from otklik.directory.organisation.models import Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.programs.actions import allow_program, issue_key
from tests.channels.doors.base import Sending, Step, Told
from tests.channels.story import Story


@dataclass
class Open311Peer(Sending):
    url: str = ""
    kind: str = "open311"
    key: str = ""
    service: str = ""
    reported: list[str] = field(default_factory=list)
    lacks: ClassVar[Mapping[Step, str]] = {
        Step.PHOTO: "a report carries a link to a picture, not the picture",
        Step.EDIT: "GeoReport v2 has no request that changes a report",
        Step.ORDER: "nothing follows a report, so nothing can come before it",
        Step.COUNTERS: "requests have no counters",
    }

    def settings(self) -> dict[str, Any]:
        return {}

    def secret(self) -> dict[str, str]:
        return {}

    def stand(self, story: Story) -> None:
        """The centre lets the application in and gives it a key."""
        access = Access.system(story.centre.municipality.pk)
        role = Role.objects.create(
            municipality=story.centre.municipality, slug="application", label="Приложение"
        )
        RoleGrant.objects.create(
            role=role, permission=Permission.REGISTER, scope=Scope.MUNICIPALITY
        )
        program = allow_program(
            access=access,
            title="Приложение города",
            role_id=role.pk,
            permissions=[Permission.REGISTER],
        )
        self.key = issue_key(access=access, program_id=program.pk)[1]
        self.service = self._client().get_service_list()[0]["service_code"]

    def write(self, text: str, *photos: bytes) -> None:
        given = self._given(text)
        once = {"Idempotency-Key": str(uuid.uuid4())}
        self.send(lambda: self._reported(given, once))

    def _reported(self, given: dict[str, str], headers: dict[str, str]) -> None:
        told = self._post(given, headers)
        if told.is_success:
            made = told.json()[0]
            self.reported.append(made.get("service_request_id") or made["token"])

    def correct(self, text: str) -> None:
        raise NotImplementedError

    def older(self) -> None:
        raise NotImplementedError

    def nonsense(self) -> Iterator[Told]:
        good = self._given("Яма")
        for change in (
            {"api_key": "otk_nothing"},
            {"service_code": "99999999"},
            {"service_code": ""},
            {"lat": "семь"},
            {"lat": "", "long": "", "address_string": ""},
            {"media_url": "javascript:alert(1)"},
            {"description": "я" * 20_001},
        ):
            answer = self._post({**good, **change}, {})
            yield Told(answer.status_code, answer.text)

    def carry(self, story: Story) -> None:
        """Nothing is carried: the client reads the request."""

    def answers(self) -> list[str]:
        if not self.reported:
            return []
        told = self._client().get_service_request(self.reported[-1])
        notes = told.get("status_notes") or ""
        return [notes] if told["status"] == "closed" else []

    def _client(self) -> GeoReport:
        return GeoReport(f"{self.url}/open311/v2", jurisdiction="zaozersk")

    def _given(self, text: str) -> dict[str, str]:
        return {
            "jurisdiction_id": "zaozersk",
            "api_key": self.key,
            "service_code": self.service,
            "lat": "59.12",
            "long": "39.76",
            "address_string": "Садовая, 5",
            "description": text,
            "first_name": "Мария",
            "last_name": "Соколова",
            "email": "m@example.test",
        }

    def _post(self, given: dict[str, str], headers: dict[str, str]) -> httpx.Response:
        address = f"{self.url}/open311/v2/requests.json"
        return httpx.post(address, data=given, headers=headers, timeout=20)
