"""Addresses of the desk. Nouns; each screen keeps its views in its own sub-package."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from otklik.web.desk.appeals import card, citing, files, listing, steps, terms
from otklik.web.desk.registration import views as registration
from otklik.web.desk.replies import carrying
from otklik.web.desk.replies import views as replies
from otklik.web.desk.today import views as today

CASE = [
    ("topic", steps.topic),
    ("place", steps.place),
    ("assignments", steps.assignments),
    ("withdrawal", steps.withdrawal),
    ("link", steps.link),
    ("reply", steps.reply),
    ("decision", steps.decision),
    ("sending", steps.sending),
    ("extension", steps.extension),
    ("conversion", steps.conversion),
    ("closure", steps.closure),
    ("reopening", steps.reopening),
]
MESSAGE = [("undo", steps.undo), ("resend", steps.resend), ("published", steps.published)]

app = [
    path("", today.today, name="today"),
    path("notices/", today.notices, name="notices"),
    path("drafts/<str:place>/", steps.draft, name="draft"),
    path("appeals/", listing.appeals, name="appeals"),
    path("appeals/new/", registration.register, name="register"),
    path("appeals/new/earlier/", registration.earlier, name="register_earlier"),
    path("appeals/<int:pk>/", card.appeal, name="appeal"),
    path("appeals/<int:pk>/citation/", citing.citation_page, name="citation"),
    path("appeals/<int:pk>/terms/", terms.terms, name="appeal_terms"),
    path("appeals/<int:pk>/files/<int:file_id>/", files.file, name="file"),
    *[path(f"appeals/<int:pk>/{name}/", view, name=name) for name, view in CASE],
    *[
        path(f"appeals/<int:pk>/messages/<int:message>/{name}/", view, name=name)
        for name, view in MESSAGE
    ],
    path("replies/", replies.replies, name="replies"),
    path("replies/carry/", carrying.carry, name="carry"),
    path("replies/carry/<int:pk>/placed/", carrying.placed, name="placed"),
    path("replies/carry/file/placed/", carrying.placed_by_file, name="placed_by_file"),
]


SCREENS = (
    "control", "insight", "journal", "settings", "proceedings", "reception", "quality", "tasks",
    "returns", "sstu", "regional", "teamwork", "executor", "automation", "likeness", "problems",
    "formalising", "inbox", "calls", "pos",
    "cuts", "growth", "heat", "ratings", "assessments", "workload", "boards", "reports",
)  # fmt: skip


def _screens() -> list[URLPattern | URLResolver]:
    """Screens that keep a list of addresses of their own."""
    return [path("", include(f"otklik.web.desk.{name}.urls")) for name in SCREENS]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(([*app, *_screens()], "desk"))),
    path("imports/", include("otklik.web.desk.imports.urls")),
]
