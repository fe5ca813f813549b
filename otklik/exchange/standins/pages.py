"""The look of a stand-in's page: plain, without scripts, everything by forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from werkzeug.wrappers import Response

from otklik.exchange.standins.failures import Trouble

STYLE = """
body{font:16px/1.45 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;
color:#1c2430;background:#f6f7f9}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
article{background:#fff;border:1px solid #d9dee5;border-radius:8px;
padding:.6rem .9rem;margin:.5rem 0}
article.ours{border-left:4px solid #2563a8}article p{margin:.2rem 0;white-space:pre-wrap}
small{color:#5a6675}img{max-width:10rem;max-height:8rem;border-radius:4px;margin:.2rem .3rem 0 0}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.4rem 0}
textarea{flex:1 1 20rem;min-height:2.6rem;font:inherit;padding:.35rem .5rem}
input,select,button{font:inherit;padding:.35rem .6rem;max-width:100%;box-sizing:border-box}
input[type=file]{padding-inline:0}code{overflow-wrap:anywhere}summary{cursor:pointer;color:#2563a8}
.note{background:#fff6dc;border:1px solid #ead9a0;border-radius:8px;padding:.5rem .9rem}
"""
TROUBLES = {
    Trouble.RATE: "слишком часто, подождать",
    Trouble.BROKEN: "ошибка до дела",
    Trouble.LOST_REPLY: "сделано, но ответ — ошибка",
    Trouble.CUT: "сделано, связь оборвалась",
    Trouble.SLOW: "медленный ответ",
    Trouble.REVOKED: "токен отозван",
}


def document(title: str, body: Iterable[str]) -> Response:
    """A whole page; `body` is ready HTML, everything foreign in it escaped before."""
    note = (
        "Это заменитель службы для проверки и показа: настоящих сообщений здесь нет, "
        "всё забудется при остановке."
    )
    page = (
        f'<!doctype html><html lang="ru"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f'<h1>{escape(title)}</h1><p class="note">{note}</p>{"".join(body)}</html>'
    )
    return Response(page, content_type="text/html; charset=utf-8")


def form(action: str, button: str, hidden: Mapping[str, object], fields: Iterable[str] = ()) -> str:
    """A form that sends files too; `fields` are ready HTML."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(str(value))}">'
        for name, value in hidden.items()
    )
    return (
        f'<form method="post" action="{escape(action)}" enctype="multipart/form-data">{kept}'
        f"{''.join(fields)}<button>{escape(button)}</button></form>"
    )


def choice(name: str, label: str, options: Mapping[Any, str]) -> str:
    listed = "".join(
        f'<option value="{escape(str(value))}">{escape(text)}</option>'
        for value, text in options.items()
    )
    return f'<select name="{name}" aria-label="{escape(label)}">{listed}</select>'


def writing(label: str = "Текст", value: str = "") -> str:
    return (
        f'<textarea name="text" aria-label="{escape(label)}" placeholder="{escape(label)}">'
        f"{escape(value)}</textarea>"
    )


def photos() -> str:
    return '<input type="file" name="photos" accept="image/*" multiple aria-label="Фотографии">'


def folded(title: str, *parts: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{''.join(parts)}</details>"


def failures(action: str = "/standin/fail") -> str:
    """The form by which the next calls are made to fail."""
    return folded(
        "Сломать следующий вызов",
        form(
            action,
            "Сломать",
            {},
            (
                choice("trouble", "Беда", TROUBLES),
                '<input name="call" placeholder="метод, пусто — любой" aria-label="Метод">',
                '<input name="times" type="number" min="1" value="1" aria-label="Сколько раз">',
                '<input name="seconds" type="number" min="1" value="3" aria-label="Секунды">',
            ),
        ),
    )
