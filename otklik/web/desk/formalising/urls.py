"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.formalising import lists, steps

CASE = [
    ("essence", steps.essence),
    ("check", steps.check),
    ("theme", steps.theme),
    ("question", steps.question),
    ("question_drop", steps.question_drop),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("formalising/", lists.formalising, name="formalising"),
    path("formalising/giving/", lists.give, name="formalising_give"),
    *[
        path(f"appeals/<int:pk>/formalising/{name}/", view, name=f"formal_{name}")
        for name, view in CASE
    ],
]
