"""Every component as a page shows it: words, shapes, ties between labels and fields."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from otklik.base import clock
from otklik.web.look import styleguide

NOW = datetime(2025, 3, 12, 9, 0, tzinfo=UTC)


def shown(source: str, **context: object) -> str:
    """Rendered template text with plain spaces."""
    with clock.frozen(NOW):
        return Template("{% load look %}" + source).render(Context(context)).replace("\u00a0", " ")


def text_of(source: str, **context: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown(source, **context))).strip()


class Page(HTMLParser):
    """What accessibility rules ask about: ids, labels, named controls, scripts, handlers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.label_targets: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.described: list[str] = []
        self.handlers: list[str] = []
        self.inline_scripts: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "label" and values.get("for"):
            self.label_targets.add(str(values["for"]))
        if tag in {"input", "select", "textarea"} and values.get("type") != "hidden":
            self.controls.append(values)
        self.described += str(values.get("aria-describedby") or "").split()
        self.handlers += [name for name in values if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.inline_scripts.append(values)


@pytest.fixture(params=sorted(styleguide.BASES))
def page(request: pytest.FixtureRequest) -> Page:
    with clock.frozen(NOW):
        return Page(
            render_to_string("look/styleguide.html", styleguide.context(NOW, request.param))
        )


def test_every_control_has_a_name(page: Page) -> None:
    own_label = {"data-keys-switch"}
    nameless = [
        control
        for control in page.controls
        if control.get("id") not in page.label_targets
        and not control.get("aria-label")
        and not own_label & control.keys()
    ]
    assert len(page.controls) > 10
    assert nameless == []


def test_ids_are_unique_and_descriptions_exist(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert set(page.described) <= set(page.ids)


def test_pages_obey_a_strict_content_policy(page: Page) -> None:
    assert page.handlers == []
    assert page.inline_scripts == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% deadline due left=-2 %}", "просрочено на 2 рабочих дня до 10 марта"),
        ("{% deadline due left=0 compact=True %}", "сегодня"),
        ("{% deadline due left=1 compact=True %}", "остался 1 рабочий день"),
        ("{% deadline due left=3 compact=True %}", "осталось 3 рабочих дня"),
        ("{% deadline due left=21 unit='calendar' compact=True %}", "остался 21 день"),
        ("{% deadline due left=5 unit='hours' compact=True %}", "осталось 5 часов"),
        ("{% deadline due left=-1 done=True compact=True %}", "с опозданием на 1 рабочий день"),
        ("{% deadline due paused=True compact=True %}", "приостановлен"),
        ("{% deadline due compact=True %}", "просрочено на 2 дня"),
        ("{% deadline None %}", "без срока"),
    ],
)
def test_deadline_says_its_state_in_words(source: str, words: str) -> None:
    assert text_of(source, due=date(2025, 3, 10)) == words


def test_deadline_states_differ_by_shape_not_only_colour() -> None:
    shapes = {
        re.findall(
            r"icons[.\w]*\.svg#([\w-]+)", shown(f"{{% deadline due left={left} %}}", due=NOW)
        )[0]
        for left in (-1, 0, 1, 9)
    }
    assert len(shapes) == 4


def test_status_carries_word_and_shape() -> None:
    html = shown("{% status 'wait' 'Ждёт заявителя' %}")
    assert "Ждёт заявителя" in html
    assert "#hourglass-high" in html


def test_icons_of_templates_are_in_the_sprite_list() -> None:
    from pathlib import Path

    room = Path(styleguide.__file__).parent
    listed = set((room / "icons.txt").read_text(encoding="utf-8").split())
    sources = [path.read_text(encoding="utf-8") for path in (room / "templates").rglob("*.html")]
    used = {name for source in sources for name in re.findall(r'{% icon "([\w-]+)"', source)}
    assert used
    assert used <= listed


def test_tile_links_to_its_rows_and_unknown_is_a_dash() -> None:
    assert '<a class="tile tile-danger" href="/late">' in shown(
        "{% tile 'Просрочено' 1234 url='/late' tone='danger' %}"
    )
    assert "1 234" in text_of("{% tile 'Просрочено' 1234 %}")
    assert "—" in text_of("{% tile 'Оценка' None %}")


def test_table_without_rows_says_what_to_do() -> None:
    source = (
        "{% table columns='№:num|Тема' empty='Обращений нет' empty_text='Снимите отбор'"
        " empty_url='/all' empty_label='Сбросить' %}"
        "{% for r in rows %}<tr><td>{{ r }}</td><td>x</td></tr>{% endfor %}{% endtable %}"
    )
    assert text_of(source, rows=[]) == "Обращений нет Снимите отбор Сбросить"
    filled = shown(source, rows=["<b>"])
    assert '<th scope="col" class="num ">№</th>' in filled
    assert "&lt;b&gt;" in filled


def test_sorted_column_is_announced() -> None:
    columns = [{"label": "Срок", "sort_url": "?sort=-due", "sorted": "asc"}]
    html = shown("{% table columns=c %}<tr><td>1</td></tr>{% endtable %}", c=columns)
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-due"' in html


class AddressForm(forms.Form):
    street = forms.CharField(label="Улица", help_text="Без слова «улица»")


def test_wrong_field_ties_hint_and_error_to_the_input() -> None:
    html = shown("{% error_summary form %}{% field form.street %}", form=AddressForm({}))
    assert 'aria-describedby="id_street_helptext id_street_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_street"' in html
    assert '<label class="form-label" for="id_street">Улица' in html


def test_draft_field_names_where_its_text_is_kept() -> None:
    html = shown("{% field form.street draft_url='/draft' %}", form=AddressForm())
    assert 'data-draft-url="/draft"' in html
    assert "data-draft-state" in html


def test_map_data_cannot_break_out_of_its_script() -> None:
    html = shown("{% map 'm' data=data label='Карта' %}{% endmap %}", data={"x": "</script><b>"})
    assert "</script><b>" not in html
    assert 'id="m"' in html


def test_steps_mark_the_present_one() -> None:
    html = shown("{% steps 'Файл|Столбцы|Проверка' current=2 %}")
    assert html.count('aria-current="step"') == 1
    assert "шаг 2 из 3" in html


def test_running_job_is_polled_and_a_finished_one_is_not() -> None:
    assert 'hx-get="/p"' in shown("{% progress_job '/p' 1 2 label='Загрузка' %}")
    assert "hx-get" not in shown("{% progress_job '/p' 2 2 label='Загрузка' running=False %}")


def test_score_without_answers_claims_nothing() -> None:
    assert text_of("{% score None sample=2 %}") == "мало данных 2 ответа"
    assert "4,35 из 5" in text_of("{% score 4.35 %}")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{{ 1|ru_count:"обращение,обращения,обращений" }}', "1 обращение"),
        ('{{ 22|ru_count:"обращение,обращения,обращений" }}', "22 обращения"),
        ('{{ 1011|ru_count:"обращение,обращения,обращений" }}', "1 011 обращений"),
        ("{{ 0.375|percent:1 }}", "37,5 %"),
        ("{{ n|thousands }}", "—"),
        ("{{ t|ru_datetime }}", "сегодня, 12:00"),
        ("{{ d|ru_date }}", "5 марта 2024"),
        ("{{ 'Иванова Мария Петровна'|short_name }}", "Иванова М. П."),
        ("{{ 1468006|file_size }}", "1,4 МБ"),
        ("{{ s|typo }}", "Ответ «готов» — в срок"),
    ],
)
def test_filters_speak_russian(source: str, words: str) -> None:
    given = {"n": None, "t": NOW, "d": date(2024, 3, 5), "s": 'Ответ "готов" - в срок'}
    assert shown(source, **given) == words


def test_later_days_show_the_date() -> None:
    assert shown("{{ t|ru_datetime }}", t=NOW - timedelta(days=2)) == "10 марта, 12:00"


def test_numbers_lead_to_what_they_count() -> None:
    html = shown("{% numbers cells %}", cells=[(3, "?by=body&key=7"), (0, "?by=none")])
    assert html == '<td class="num"><a href="?by=body&amp;key=7">3</a></td><td class="num">—</td>'
