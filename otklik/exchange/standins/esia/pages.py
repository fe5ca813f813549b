"""Pages of the stand-in: who enters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import escape
from werkzeug.wrappers import Response

from otklik.exchange.standins.esia.citizens import Citizen

_FRAME = """<!doctype html><html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}}
button{{font:inherit;display:block;width:100%;text-align:left;padding:.7rem 1rem;margin:.5rem 0;
border:1px solid #889;border-radius:.5rem;background:#fff;cursor:pointer}}
button:hover{{background:#eef}}small{{color:#555}}</style></head>
<body><h1>{title}</h1>{body}</body></html>"""


def first(citizens: Iterable[Citizen], url: str) -> Response:
    rows = "".join(f"<li>{_said(one)}</li>" for one in citizens)
    text = (
        "<p>Учебная замена ЕСИА. Людей здесь нет: все вымышлены.</p><h2>Как подключить</h2><ol>"
        "<li>Сделайте учебный ключ: <code>openssl req -x509 -newkey rsa:2048 -nodes -days 30 "
        "-keyout key.pem -out cert.pem -subj /CN=mcu</code></li>"
        f"<li>Возьмите <a href='/standin/trust'>сертификат замены</a>: <code>curl -o trust.pem "
        f"{escape(url)}/standin/trust</code></li>"
        "<li>Запустите «Отклик» с OTKLIK_ESIA_SIGNER=rsa, OTKLIK_ESIA_KEY=key.pem, "
        "OTKLIK_ESIA_CERTIFICATE=cert.pem, OTKLIK_ESIA_TRUST=trust.pem.</li>"
        "<li>«Настройки» → «Вход через внешнюю систему» → «ЕСИА»: адрес "
        f"<code>{escape(url)}</code>, мнемоника любая, порядок подписи — второй.</li></ol>"
        "<h2>Кем можно войти</h2>"
    )
    return _page("Учебный вход", f"{text}<ul>{rows}</ul>")


def choice(asked: Mapping[str, str], citizens: Iterable[Citizen]) -> Response:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in asked.items()
    )
    buttons = "".join(
        f'<button name="citizen" value="{one.oid}">{_said(one)}</button>' for one in citizens
    )
    deny = '<button name="citizen" value="0">Не разрешать вход</button>'
    form = f'<form method="post" action="/standin/choice">{hidden}{buttons}{deny}</form>'
    system = escape(asked["client_id"])
    return _page("Кем войти", f"<p>Система <b>{system}</b> просит данные: "
                 f"{escape(asked['scope'])}.</p>{form}")  # fmt: skip


def refusal(said: str) -> Response:
    return _page("Вход не выполнен", f"<p>{escape(said)}</p>", 400)


def _said(one: Citizen) -> str:
    level = "подтверждённая" if one.confirmed else "неподтверждённая"
    return f"{escape(one.name)}<br><small>{level} учётная запись</small>"


def _page(title: str, body: str, status: int = 200) -> Response:
    content = _FRAME.format(title=escape(title), body=body)
    return Response(content, status=status, content_type="text/html; charset=utf-8")
