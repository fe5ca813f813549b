"""Addresses of the access of programs and of the news to them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.settings.programs import subscriptions, views

ONE = "programs/subscriptions/<int:pk>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("programs/", views.programs, name="programs"),
    path("programs/new/", views.program_new, name="program_new"),
    path("programs/<int:pk>/", views.program, name="program"),
    path("programs/<int:pk>/keys/", views.key, name="program_key"),
    path("programs/<int:pk>/keys/<int:key_id>/", views.revocation, name="program_revocation"),
    path("programs/<int:pk>/notes/", views.note, name="program_note"),
    path("programs/<int:pk>/journal.csv", views.story_file, name="program_story"),
    path("programs/<int:pk>/closing/", views.closing, name="program_closing"),
    path(
        "programs/<int:pk>/subscriptions/new/",
        subscriptions.subscription_new,
        name="subscription_new",
    ),
    path(f"{ONE}/", subscriptions.subscription, name="subscription"),
    path(f"{ONE}/secret/", subscriptions.secret, name="subscription_secret"),
    path(f"{ONE}/trial/", subscriptions.trial, name="subscription_trial"),
    path(f"{ONE}/pause/", subscriptions.pause, name="subscription_pause"),
    path(f"{ONE}/resumption/", subscriptions.resumption, name="subscription_resumption"),
    path(f"{ONE}/ending/", subscriptions.ending, name="subscription_ending"),
    path(f"{ONE}/deliveries/<int:delivery>/", subscriptions.replay, name="subscription_replay"),
]
