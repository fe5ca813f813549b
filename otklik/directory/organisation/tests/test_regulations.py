"""What each regulation fixes about its centre, seen after its preset is applied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.presets import available
from otklik.directory.organisation.queries import clause_register, regulation_facts
from otklik.directory.organisation.vocabulary import BlockMembership, MunicipalityKind

pytestmark = pytest.mark.django_db
Apply = Callable[[str], Municipality]


@pytest.mark.parametrize(
    ("slug", "name", "kind", "form", "number", "issued", "established"),
    [
        pytest.param(
            "ust-kubinsky",
            "Усть-Кубинский муниципальный округ",
            MunicipalityKind.MUNICIPAL_OKRUG,
            "коллегиальный координационный орган",
            "1385",
            date(2023, 9, 4),
            date(2023, 9, 4),
            marks=pytest.mark.clause("ust-kubinsky:order.1"),
        ),
        pytest.param(
            "novoduginsky",
            "Муниципальное образование «Новодугинский муниципальный округ» Смоленской области",
            MunicipalityKind.MUNICIPAL_OKRUG,
            "на базе Администрации",
            "629",
            date(2025, 10, 22),
            date(2025, 10, 22),
            marks=pytest.mark.clause("novoduginsky:order.1"),
        ),
        pytest.param(
            "tuapse",
            "Муниципальное образование Туапсинский район",
            MunicipalityKind.DISTRICT,
            "межведомственная рабочая группа",
            "965",
            date(2021, 6, 28),
            date(2021, 6, 28),
            marks=pytest.mark.clause("tuapse:order.1", "tuapse:1.1"),
        ),
        pytest.param(
            "dedovichi",
            "Муниципальное образование «Дедовичский район»",
            MunicipalityKind.DISTRICT,
            "межведомственная рабочая группа при Администрации",
            "500",
            date(2025, 9, 24),
            date(2025, 9, 24),
            marks=pytest.mark.clause("dedovichi:order.1"),
        ),
    ],
)
def test_a_centre_stands_on_its_act(
    apply: Apply,
    slug: str,
    name: str,
    kind: MunicipalityKind,
    form: str,
    number: str,
    issued: date,
    established: date,
) -> None:
    municipality = apply(slug)
    assert (municipality.name, municipality.kind) == (name, kind)
    assert form in municipality.centre_form
    assert municipality.established_on == established
    act = municipality.regulations.get(repealed_on__isnull=True)
    assert (act.number, act.issued_on) == (number, issued)
    assert municipality.roles.exists()
    assert municipality.bodies.exists()


@pytest.mark.clause("novoduginsky:1.1.2")
def test_the_form_of_a_project_office_is_stated_with_its_clause(apply: Apply) -> None:
    municipality = apply("novoduginsky")
    assert municipality.centre_form.startswith("проектный офис")
    assert "1.1.2" in regulation_facts(municipality).centre.clauses


@pytest.mark.parametrize(
    ("slug", "role", "position"),
    [
        pytest.param(slug, role, position, marks=pytest.mark.clause(f"{slug}:{clause}"))
        for clause, slug, role, position in [
            ("app2.1", "ust-kubinsky", "head", "Глава округа"),
            (
                "structure.1",
                "dedovichi",
                "curator",
                "Первый заместитель Главы Администрации",
            ),
            (
                "structure.2",
                "dedovichi",
                "coordinator",
                "Управляющий делами Администрации",
            ),
            (
                "structure.3",
                "dedovichi",
                "chief-specialist",
                "Консультант управления делами Администрации",
            ),
            (
                "structure.4",
                "dedovichi",
                "technical-specialist",
                "Программист Администрации",
            ),
            ("app1.2", "tuapse", "head", "Начальник отдела информатизации и связи"),
        ]
    ],
)
def test_a_role_is_held_by_the_position_the_document_names(
    apply: Apply, slug: str, role: str, position: str
) -> None:
    found = apply(slug).roles.get(slug=role)
    assert found.position.startswith(position)
    assert found.duties
    assert found.grants.exists()


@pytest.mark.clause("ust-kubinsky:app2.2")
def test_the_administrator_has_a_named_substitute(apply: Apply) -> None:
    municipality = apply("ust-kubinsky")
    role = municipality.roles.get(slug="administrator")
    assert role.position.startswith("Начальник отдела информационных технологий и защиты")
    (substitution,) = regulation_facts(municipality).substitutions
    assert substitution.role == "administrator"
    assert substitution.substitute.startswith("Специалист по связям с общественностью")
    assert substitution.when == "на время отсутствия"


LIAISONS = [
    "заместитель Главы Администрации района",
    "Главы городского и сельских поселений",
    "руководители структурных подразделений и органов управления Администрации района",
    "начальник Управления образования Дедовичского района",
]


@pytest.mark.clause("dedovichi:structure.5")
def test_liaison_positions_include_heads_of_settlements(apply: Apply) -> None:
    assert list(regulation_facts(apply("dedovichi")).positions["liaison"]) == LIAISONS


BLOCKS = {
    "app1.3": [
        "управление экономического развития",
        "финансовое управление",
        "отдел учёта и отчётности",
        "отдел внутреннего финансового контроля",
        "сектор внутреннего финансового аудита главных администраторов бюджетных средств",
    ],
    "app1.4": [
        "управление образования",
        "управление по опеке и попечительству, вопросам семьи и детства",
        "управление по работе с молодежью",
        "отдел культуры",
        "отдел по делам несовершеннолетних",
        "отдел по социальным вопросам",
    ],
    "app1.5": [
        "управление архитектуры и градостроительства",
        "управление имущественных отношений",
        "управление капитального строительства",
        "управление ЖКХ и ТЭК",
    ],
    "app1.6": [
        "управление по развитию курортов",
        "управление торговли и бытового обслуживания",
        "управление сельского хозяйства и перерабатывающей промышленности",
    ],
    "app1.7": [
        "управление транспорта и дорожного хозяйства",
        "отдел промышленности, природопользования и охраны окружающей среды",
        "отдел муниципальных закупок",
    ],
    "app1.8": [
        "отдел по делам ГО и ЧС",
        "отдел по профилактике правонарушений и взаимодействию с общественными формированиями",
        "отдел по физической культуре и спорту",
    ],
}


@pytest.mark.parametrize("number", range(1, 7))
def test_blocks_of_tuapse_have_the_listed_units_and_one_lead(apply: Apply, number: int) -> None:
    units = list(BLOCKS.values())[number - 1]
    block = apply("tuapse").blocks.get(name__startswith=f"Блок {number}.")
    named = [
        member.body.name
        for member in block.members.filter(membership=BlockMembership.MEMBER)
        if member.body
    ]
    assert [name[0].lower() + name[1:] for name in named] == units
    lead = block.members.get(membership=BlockMembership.LEAD)
    assert lead.position.startswith("заместитель главы администрации")
    assert all(unit in lead.position for unit in units)


def test_block_heads_of_pereslavl_are_the_listed_positions(apply: Apply) -> None:
    block = apply("pereslavl").blocks.get(name__startswith="Жилищно-коммунальное")
    assert block.directions[-2:] == ["твердые коммунальные отходы", "энергетика"]
    positions = list(block.members.values_list("position", flat=True))
    assert positions[1:] == [
        "директор МКУ «Многофункциональный центр развития города Переславля-Залесского»",
        "директор МБУ «Служба ЖКХ и благоустройства»",
        "директор МУП «Теплосервис»",
        "директор МУП «Сервис»",
    ]


def test_an_earlier_act_is_repealed_by_the_new_one(apply: Apply) -> None:
    municipality = apply("ust-kubinsky")
    earlier = municipality.regulations.get(number="1095")
    assert earlier.repealed_on == date(2023, 9, 4)
    assert earlier.replaced_by == municipality.regulations.get(number="1385")


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("ust-kubinsky", marks=pytest.mark.clause("ust-kubinsky:1.1")),
        pytest.param("tuapse", marks=pytest.mark.clause("tuapse:1.2")),
        pytest.param("dedovichi", marks=pytest.mark.clause("dedovichi:1")),
        "pereslavl",
        "novoduginsky",
    ],
)
def test_everything_set_up_refers_to_its_clause(apply: Apply, slug: str) -> None:
    municipality = apply(slug)
    facts = regulation_facts(municipality)
    assert all(role.clauses for role in municipality.roles.all())
    assert all(bool(step.clause) or (step.assumed and step.note) for step in facts.route)
    assert all(part.clauses for part in (*facts.channels, *facts.terms, *facts.reports))
    register = clause_register(municipality)
    for role in municipality.roles.all():
        for clause in role.clauses:
            assert f"роль «{role.label}»" in register[clause]
    for channel in facts.channels:
        assert f"канал «{channel.name}»" in register[channel.clauses[0]]


@pytest.mark.parametrize("slug", available())
def test_the_administrator_is_told_what_is_assumed(apply: Apply, slug: str) -> None:
    assumed = apply(slug).roles.filter(assumed=True)
    assert assumed.exists()
    assert all(role.note for role in assumed)
