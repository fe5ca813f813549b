"""Telephones, electronic mail, pages in networks, addresses of computers."""

from __future__ import annotations

from otklik.language.masking.checks import is_ip4, is_telephone
from otklik.language.masking.shapes import shape

_GAP = r"[\s().\-–—/]{0,3}"
_TOGETHER = r"(?:\s?-\s?|[\s.]?)"
_BEFORE = r"(?<![\d/№-])(?<!\d[.,])"
_INNER = r"(?:,?\s?\(?(?:доб|вн)[а-я]{0,7}\.?\s?№?\s?\d{1,6})?"
_UNIT = r"(?!\s?(?:мм|см|м\b|кг|г\.?\s?р|руб|лет|шт))"
_CALL = (
    r"(?:\bтел(?:ефон)?\w{0,4}|\bт\.|\bмоб\w{0,8}|\bсот(?:ов\w{1,3})?\b|(?:по)?звон\w{1,6}|\bватсап\w{0,2}"
    r"|whats\s?app|вайбер\w?|viber|\bфакс\w?|\bраб\w{0,6}|\bдомашн\w{2,3}|\bсвяз\w{1,3}|\b(?:мой|по)\sномер\w?)"
)

TELEPHONES = (
    shape(
        "телефон",
        rf"{_BEFORE}(?:\+\s?7|[78])(?={_GAP}[3489])(?:{_GAP}\d){{10}}(?!\d|[.,-]\d){_INNER}",
        is_telephone,
    ),
    shape("телефон", rf"(?<![\d\w])\+[1-9]\d{{0,2}}(?:{_GAP}\d){{8,11}}(?!\d)", is_telephone),
    shape(
        "телефон",
        rf"{_BEFORE}9\d{{2}}{_TOGETHER}\d{{3}}{_TOGETHER}\d{{2}}{_TOGETHER}\d{{2}}(?!\d)",
    ),
    shape(
        "телефон",
        rf"{_CALL}[\s.:№—–-]{{0,4}}(?:[а-я]{{1,12}}[\s.:—–-]{{1,3}}){{0,2}}(?!\d\d?\.\d\d?\.\d)(?P<it>\+?\d(?:{_GAP}\d){{4,10}})"
        rf"(?!\d){_UNIT}{_INNER}",
        is_telephone,
    ),
    shape(
        "телефон",
        rf"{_BEFORE}\(\d{{3,5}}\)\s?\d{{1,3}}{_TOGETHER}\d{{2}}{_TOGETHER}\d{{2}}(?!\d)",
    ),
    shape("телефон", rf"{_BEFORE}(?<!от\s)\d{{1,3}}-\d{{2}}-\d{{2}}(?![\d-])(?!\.\d){_UNIT}"),
)

_NETWORKS = (
    r"vk\.com|vk\.ru|vkontakte\.ru|ok\.ru|odnoklassniki\.ru|t\.me|telegram\.me|max\.ru|instagram\.com"
    r"|facebook\.com|wa\.me|rutube\.ru/u|dzen\.ru/id|my\.mail\.ru"
)

PAGES = (
    shape("почта", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    shape(
        "почта",
        r"(?<![\w.+-])[a-z0-9_.+-]{1,64}\s?(?:@|\((?:собака|at|гав)\)|\[(?:собака|at)\])\s?"
        r"[a-z0-9-]{1,63}\.[a-z]{2,10}(?![a-z])",
    ),
    shape(
        "страница в сети",
        rf"(?:https?://)?(?:www\.|m\.)?(?<![\w.])(?:{_NETWORKS})/[\w.\-/?=&%@]{{1,100}}",
    ),
    shape("страница в сети", r"[\[*@]?\[?(?:id|club|public)\d{1,20}\s?[|(][^\])\n]{1,100}[\])]"),
    shape("страница в сети", r"(?<![\w.@/])@[A-Za-z][\w.]{1,30}\w"),
    shape("страница в сети", r"(?<![\w/])id\d{5,12}(?!\w)"),
)

COMPUTERS = (
    shape("IP-адрес", r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)", is_ip4),
    shape("IP-адрес", r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}:?){1,6}(?![\w:])"),
)
