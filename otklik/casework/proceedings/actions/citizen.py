"""What the citizen himself may ask of his case (59-ФЗ, art. 5)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.proceedings.actions.deciding import Given, begin, decide
from otklik.casework.proceedings.events import FileRead, MaterialsAdded
from otklik.casework.proceedings.models import Decision, Material, Reading
from otklik.casework.proceedings.queries.cases import MATERIAL
from otklik.directory.organisation.rules import Access
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record

MAX_FILES = 10
MAX_TEXT = 10_000


def withdraw(*, access: Access, appeal_id: int, reason: str, notice_text: str = "") -> Decision:
    """Stop by the citizen's own wish, обращение or сообщение alike (59-ФЗ, art. 5 p. 5)."""
    given = Given(reason=reason, notice_text=notice_text)
    return decide(access=access, appeal_id=appeal_id, slug="art5-withdraw", given=given)


@transaction.atomic
def add_materials(
    *,
    access: Access,
    appeal_id: int,
    text: str,
    files: Sequence[tuple[str, bytes]] = (),
    from_citizen: bool = False,
) -> Material:
    """Add papers and words to an open case; `files` are (name, content) (59-ФЗ, art. 5 p. 1).

    Raises Refused without anything to add, for too much of it, or after the case is closed.
    """
    appeal, ground, _ = begin(access, appeal_id, "art5-materials")
    access = access.under(
        ground.permission, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    if not appeal.is_open:
        raise Refused(
            f"Рассмотрение закончено, приобщать материалы поздно ({ground.named}).",
            "Подайте новое обращение и сошлитесь на номер этого.",
        )
    what = ground.named
    if not text.strip() and not files:
        raise Refused(f"Нечего приобщить ({what}).", "Напишите пояснение или приложите файл.")
    if len(files) > MAX_FILES or len(text) > MAX_TEXT:
        raise Refused(
            f"Слишком много за один раз: до {MAX_FILES} файлов и {MAX_TEXT} знаков ({what}).",
            "Разделите материалы на части.",
        )
    made = Material.objects.create(
        appeal=appeal,
        text=text.replace("\x00", "").strip(),
        from_citizen=from_citizen,
        added_at=clock.now(),
        added_by=access.actor.label,
    )
    for name, content in files:
        store(
            municipality_id=appeal.municipality_id,
            file_name=name,
            content=content,
            subject=MATERIAL,
            subject_id=made.pk,
            from_citizen=from_citizen,
        )
    event = MaterialsAdded(
        subject_id=appeal.pk, case_id=appeal.pk, files=len(files), from_citizen=from_citizen
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return made


@transaction.atomic
def let_read_file(
    *, access: Access, appeal_id: int, reader: str, document: str, shown: str, withheld: str = ""
) -> Reading:
    """Record that the citizen was shown his file (59-ФЗ, art. 5 p. 2).

    Raises Refused unless it is said who read, how he was identified, and what was shown.
    """
    appeal, ground, _ = begin(access, appeal_id, "art5-read")
    access = access.under(
        ground.permission, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    missing = _missing(reader, document, shown)
    if missing:
        raise Refused(
            f"Для ознакомления с материалами не указано: {missing} ({ground.named}).",
            "Заполните поле: запись нужна на случай спора.",
        )
    made = Reading.objects.create(
        appeal=appeal,
        reader=reader.strip()[:300],
        document=document.strip()[:300],
        shown=shown.strip(),
        withheld=withheld.strip(),
        read_at=clock.now(),
        shown_by_id=access.account_id,
    )
    event = FileRead(
        subject_id=appeal.pk, case_id=appeal.pk, shown=made.shown, withheld=made.withheld
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return made


def own_access(appeal: Appeal) -> Access:
    """The author, having opened the case by its number and code."""
    return Access(actor=Actor.citizen(), municipality_id=appeal.municipality_id, unlimited=True)


def _missing(reader: str, document: str, shown: str) -> str:
    fields = (("кто знакомился", reader), ("чем подтверждена личность", document),
              ("что показано", shown))  # fmt: skip
    return ", ".join(label for label, value in fields if not value.strip())
