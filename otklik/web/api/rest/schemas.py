"""Shapes of what programs send and get. Descriptions go into the OpenAPI document as they are."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from otklik.casework.appeals.vocabulary import Channel, Kind, Priority, Regime, Status
from otklik.coordination.webhooks.vocabulary import CaseNews

Moment = Annotated[AwareDatetime, Field(description="RFC 3339 с часовым поясом")]


class Given(BaseModel):
    """What comes in: nothing unknown is let pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True)


class Named(Told):
    id: int
    name: str


class CaseQuery(Given):
    """Отбор: условия складываются."""

    after: str = Field(default="", max_length=200, description="Значение next прошлой страницы")
    limit: int = Field(default=50, ge=1, le=200, description="Сколько строк")
    q: str = Field(default="", max_length=200, description="Слова текста или номер")
    status: Status | None = Field(default=None, description="Состояние")
    regime: Regime | None = Field(default=None, description="Порядок рассмотрения")
    channel: Channel | None = Field(default=None, description="Канал")
    topic: int | None = Field(default=None, description="Тема")
    body: int | None = Field(default=None, description="Исполнитель")
    settlement: int | None = Field(default=None, description="Населённый пункт")
    since: date | None = Field(default=None, description="Поступило не раньше")
    until: date | None = Field(default=None, description="Поступило не позже")
    answered_since: date | None = Field(default=None, description="Ответ дан не раньше")
    answered_until: date | None = Field(default=None, description="Ответ дан не позже")
    due_since: date | None = Field(default=None, description="Срок не раньше")
    due_until: date | None = Field(default=None, description="Срок не позже")
    open: bool = Field(default=False, description="Только открытые")
    overdue: bool = Field(default=False, description="Только просроченные")


class CaseBrief(Told):
    """Обращение без текста и заявителя."""

    id: int
    number: str = Field(description="Номер в журнале: «О-12/26» или «С-12/26»")
    external_number: str = Field(description="Номер в системе, из которой пришло")
    regime: Regime
    channel: Channel
    kind: Kind | None
    status: Status
    status_label: str
    priority: Priority
    open: bool
    overdue: bool
    received_at: Moment
    registered_at: Moment | None
    due_at: Moment | None
    answered_at: Moment | None
    topic: Named | None
    body: Named | None
    settlement: Named | None
    summary: str = Field(description="Начало текста; персональные данные скрыты, если права нет")


class CasePage(Told):
    items: list[CaseBrief]
    next: str | None = Field(description="Передайте в after; null — дальше ничего нет")


class ApplicantTold(Told):
    kind: str
    name: str
    phone: str
    email: str
    postal_address: str


class AssignmentTold(Told):
    body: Named
    role: str
    assigned_at: Moment
    due_at: Moment | None


class QuestionTold(Told):
    number: int
    text: str
    topic: Named | None
    settlement: Named | None
    result: str
    answered_at: Moment | None
    assignments: list[AssignmentTold]


class AnswerTold(Told):
    text: str
    sent_at: Moment | None
    signed_by: str


class CaseCard(CaseBrief):
    """Обращение целиком."""

    text: str = Field(description="Без права видеть персональные данные они скрыты")
    place: str
    lat: float | None
    lon: float | None
    personal: bool = Field(description="Показаны ли персональные данные")
    applicant: ApplicantTold | None = Field(description="null без права видеть его")
    questions: list[QuestionTold]
    answers: list[AnswerTold] = Field(description="Отправленные ответы, по времени")


class ApplicantGiven(Given):
    name: str = Field(default="", max_length=300, description="Фамилия, имя, отчество")
    phone: str = Field(default="", max_length=50)
    email: str = Field(default="", max_length=254)
    postal_address: str = Field(default="", max_length=500)


class CaseNew(Given):
    """Новое обращение."""

    text: str = Field(min_length=1, max_length=200_000)
    channel: Channel = Field(default=Channel.OTHER, description="Где гражданин написал")
    regime: Regime | None = Field(
        default=None, description="Порядок рассмотрения; не указан — по каналу"
    )
    received_at: AwareDatetime | None = Field(
        default=None, description="Когда поступило; не указано — сейчас"
    )
    applicant: ApplicantGiven = Field(default=ApplicantGiven())
    external_number: str = Field(
        default="", max_length=100, description="Номер у вас: повтор номера нового не создаёт"
    )
    topic: int | None = Field(default=None, description="Тема из /topics")
    settlement: int | None = Field(default=None, description="Населённый пункт из /settlements")
    place: str = Field(default="", max_length=500, description="Адрес словами")
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)


class CaseMade(Told):
    id: int
    number: str
    created: bool = Field(description="false — такое обращение уже было")
    status: Status
    due_at: Moment | None
    url: str


class NewsQuery(Given):
    after: int = Field(default=0, ge=0, description="Значение next прошлой страницы, сначала 0")
    limit: int = Field(default=200, ge=1, le=1000)
    event: CaseNews | None = Field(default=None, description="Только эти события")


class NewsItem(Told):
    id: int
    event: CaseNews
    at: Moment
    case_id: int
    number: str
    status: Status = Field(description="Состояние сейчас")
    change: dict[str, str | int] = Field(description="Что изменилось, без слов, введённых людьми")


class NewsPage(Told):
    items: list[NewsItem]
    next: int = Field(description="Передайте в after")
    more: bool = Field(description="Есть ли уже следующая страница")


class TopicTold(Told):
    id: int
    code: str
    name: str
    group: str
    parent: int | None
    edition: str


class BodyTold(Told):
    id: int
    name: str
    short_name: str
    kind: str
    parent: int | None


class SettlementTold(Told):
    id: int
    name: str
    kind: str
    oktmo: str
    lat: float | None
    lon: float | None


class TopicList(Told):
    items: list[TopicTold]


class BodyList(Told):
    items: list[BodyTold]


class SettlementList(Told):
    items: list[SettlementTold]


class Whoami(Told):
    """Кто вы и что вам разрешено."""

    program: str
    municipality: str
    role: str
    permissions: list[str]
    channels: list[str] = Field(description="Пусто — все каналы роли")
    calls_per_minute: int


class FieldProblem(Told):
    field: str
    problem: str


class Problem(Told):
    code: str
    message: str = Field(description="Что случилось")
    mend: str = Field(description="Что сделать")
    fields: list[FieldProblem] | None = None


class ProblemAnswer(Told):
    error: Problem
