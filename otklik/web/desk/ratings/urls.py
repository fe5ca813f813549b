"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.ratings import (
    body,
    cases,
    contests,
    counted,
    files,
    rating,
    snapshots,
    weights,
)

_SNAPSHOTS: list[URLPattern | URLResolver] = [
    path("rating/snapshots/", snapshots.snapshots, name="rating_snapshots"),
    path("rating/snapshots/<int:pk>/", snapshots.snapshot, name="rating_snapshot"),
    path(
        "rating/snapshots/<int:pk>/counted/<int:subject_id>/",
        counted.counted,
        name="rating_counted",
    ),
    path(
        "rating/snapshots/<int:pk>/files/<slug:ending>/",
        files.snapshot,
        name="rating_snapshot_file",
    ),
    path(
        "rating/snapshots/<int:pk>/publication/", snapshots.publication, name="rating_publication"
    ),
    path("rating/snapshots/<int:pk>/edition/", snapshots.edition, name="rating_edition"),
    path("rating/contests/", contests.contests, name="rating_contests"),
    path("rating/contests/<int:pk>/decision/", contests.decision, name="rating_contest_decision"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("rating/", rating.rating, name="rating"),
    path("rating/cases/", cases.cases, name="rating_cases"),
    path("rating/bodies/<int:pk>/", body.body, name="rating_body"),
    path("rating/files/<slug:ending>/", files.live, name="rating_file"),
    path("rating/weights/", weights.weights, name="rating_weights"),
    path("rating/peers/", weights.peers, name="rating_peers_new"),
    path("rating/peers/<int:pk>/", weights.peers, name="rating_peers"),
    path("rating/regrouping/", weights.regroup, name="rating_regroup"),
    *_SNAPSHOTS,
]
