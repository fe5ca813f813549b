"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.teamwork import block, coordination, inviting, requests, steps

CASE = [
    ("note", steps.note),
    ("talk", steps.talk),
    ("inquiry", steps.inquiry),
    ("inquiry_cancel", steps.inquiry_cancel),
    ("receipt", steps.receipt),
    ("handback", steps.handback),
    ("urgent", steps.urgent),
    ("term", steps.term),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/", requests.one, name="request"),
    path("my-block/", block.my_block, name="my_block"),
    path("my-block/<int:pk>/ending/", block.deputy_ending, name="deputy_ending"),
    path("invitations/", inviting.page, name="invitations"),
    path("invitations/<int:pk>/answer/", inviting.answer, name="invitation_answer"),
    path("invitations/<int:pk>/cancellation/", inviting.cancel, name="invitation_cancel"),
    path("invitations/<int:pk>/calendar/", inviting.calendar, name="invitation_file"),
    path("coordination/", coordination.coordination, name="coordination"),
    path("coordination/<int:pk>/verdict/", coordination.verdict, name="verdict"),
    *[path(f"appeals/<int:pk>/teamwork/{name}/", view, name=f"team_{name}") for name, view in CASE],
]
