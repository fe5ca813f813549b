"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.executor import answers, proposals, register, review

ONE = "appeals/<int:pk>/proposals/<int:proposal>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("executor/", register.register, name="executor"),
    path("executor/file/", register.file, name="executor_file"),
    path("executor/<int:pk>/", review.review, name="review"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("appeals/<int:pk>/reply/preview/", answers.preview, name="reply_preview"),
    path("appeals/<int:pk>/letter/<int:reply>/<str:ending>/", answers.letter, name="letter"),
    path("appeals/<int:pk>/proposal/", proposals.proposal, name="proposal"),
    path(f"{ONE}/submission/", proposals.submission, name="proposal_submission"),
    path(f"{ONE}/decision/", proposals.decision, name="proposal_decision"),
    path(f"{ONE}/stage/", proposals.stage, name="proposal_stage"),
]
