"""Letters as they come: encodings, names, history, broken ones."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.exchange.vendors.mail.charsets import decode
from otklik.exchange.vendors.mail.parsing import parse
from otklik.exchange.vendors.mail.tests.letters import letter, with_file, word

PHRASE = "На улице Садовой яма, не проехать. Прошу починить дорогу до зимы!"


@pytest.mark.parametrize("real", ["utf-8", "cp1251", "koi8-r"])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "koi8-r", "us-ascii", "x-none", ""])
def test_body_is_read_whatever_charset_is_declared(real: str, declared: str) -> None:
    kind = f"Content-Type: text/plain; charset={declared}" if declared else "X-No-Type: 1"
    raw = letter(PHRASE.encode(real), kind, "Content-Transfer-Encoding: 8bit")
    assert parse(raw).text == PHRASE


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_subject_and_sender_are_read_in_any_charset(charset: str) -> None:
    mail = parse(
        letter(
            b"text",
            f"Subject: {word('Яма на дороге', charset)}",
            f"From: {word('Иванова, Мария', charset)} <Ivanova@Example.org>",
        )
    )
    assert mail.subject == "Яма на дороге"
    assert mail.sender is not None
    assert (mail.sender.name, mail.sender.address) == (
        "Иванова, Мария",
        "ivanova@example.org",
    )


def test_subject_in_raw_bytes_is_read() -> None:
    assert parse(
        letter(b"", "Subject: Яма".encode("cp1251") + " на дороге".encode("cp1251"))
    ).subject == ("Яма на дороге")


def test_letter_split_inside_a_character_is_joined() -> None:
    """Mail programs cut encoded words by bytes, in the middle of a two-byte letter."""
    mail = parse(letter(b"", "Subject: =?utf-8?Q?=D0=AF=D0?=\r\n =?utf-8?Q?=BC=D0=B0?="))
    assert mail.subject == "Яма"


@pytest.mark.parametrize(
    "parameter",
    [
        f"filename*=UTF-8''{quote('фото ямы.jpg')}",
        f"filename*=windows-1251''{quote('фото ямы.jpg', encoding='cp1251')}",
        f"filename*0*=UTF-8''{quote('фото ')};\r\n filename*1*={quote('ямы.jpg')}",
        f'filename="{word("фото ямы.jpg", "utf-8")}"',
        f'filename="{word("фото ямы.jpg", "koi8-r")}"',
        'filename="фото ямы.jpg"',
        'filename="C:\\\\Фото\\\\фото ямы.jpg"',
        'filename="../../фото ямы.jpg"',
    ],
)
def test_cyrillic_file_names(parameter: str) -> None:
    mail = parse(with_file(parameter))
    assert [(file.name, file.content) for file in mail.files] == [
        ("фото ямы.jpg", b"\x89PNG picture")
    ]
    assert mail.text == "Посмотрите на фото."


def test_html_becomes_text_without_scripts() -> None:
    html = (
        "<html><head><title>т</title><style>p{}</style></head><body><p>Добрый&nbsp;день!</p>"
        "<script>alert(1)</script><p>Нет воды<br>третий день</p></body></html>"
    )
    mail = parse(letter(html.encode(), "Content-Type: text/html; charset=utf-8"))
    assert mail.text == "Добрый день!\n\nНет воды\nтретий день"


@pytest.mark.parametrize(
    "history",
    [
        "02.03.2026, 10:15, «МЦУ» <mcu@mail.test> пишет:\n> Ваше обращение принято.",
        "Пн, 2 мар. 2026 г. в 10:15, МЦУ\n<mcu@mail.test> написал(а):\n> Ваше обращение принято.",
        "-------- Исходное сообщение --------\nВаше обращение принято.",
        "От: МЦУ\nОтправлено: 2 марта 2026\nКому: Иванова\nТема: Ответ\n\nВаше обращение принято.",
        "> Ваше обращение принято.",
    ],
)
def test_history_is_kept_apart(history: str) -> None:
    mail = parse(letter(f"Спасибо, но яма осталась.\n\n{history}".encode()))
    assert mail.text == "Спасибо, но яма осталась."
    assert mail.quoted == history


def test_forwarded_letter_is_the_message_itself() -> None:
    body = "От: Сосед\nОтправлено: вчера\nКому: мне\nТема: яма\n\nУ дома яма."
    mail = parse(letter(body.encode()))
    assert "У дома яма." in mail.text
    assert mail.quoted == ""


def test_threads_are_read_nearest_first() -> None:
    mail = parse(letter(b"", "In-Reply-To: <b@x>", "References: <a@x>\r\n <b@x>"))
    assert mail.thread_ids == ("<b@x>", "<a@x>")


def test_letter_without_an_id_gets_the_same_one_each_time() -> None:
    raw = b"From: a@example.org\r\nSubject: s\r\n\r\ntext"
    assert parse(raw).message_id == parse(raw).message_id != ""


def test_letter_nested_beyond_reason_still_gives_its_headers() -> None:
    body = b"".join(
        b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (n, n + 1)
        for n in range(3000)
    )
    mail = parse(letter(body, 'Content-Type: multipart/mixed; boundary="b0"', "Subject: deep"))
    assert mail.subject == "deep"
    assert mail.broken


@given(st.binary(max_size=400))
def test_garbage_never_raises(noise: bytes) -> None:
    assert "\x00" not in parse(noise).text
    mail = parse(with_file("filename=a.png").replace(b"Content-Type", noise[:40] + b"Content-Type"))
    mail.text.encode()


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_decode_to_storable_text(data: bytes, declared: str) -> None:
    text = decode(data, declared)
    text.encode("utf-8")
    assert "\x00" not in text
