"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.quality import opinions, record, registers, report, steps

urlpatterns: list[URLPattern | URLResolver] = [
    path("quality/", registers.quality, name="quality"),
    path("quality/signals/", registers.signals, name="signals"),
    path("quality/advice/", registers.advice, name="advice"),
    path("quality/report/", report.report, name="quality_report"),
    path("quality/report/<str:ending>/", report.file, name="quality_report_file"),
    path("quality/conflicts/new/", record.conflict_new, name="conflict_new"),
    path("quality/<int:pk>/", record.finding, name="finding"),
    path("quality/<int:pk>/settlement/", record.settlement, name="finding_settlement"),
    path("quality/<int:pk>/advice/", record.advice_new, name="advice_new"),
    path("quality/advice/<int:pk>/state/", record.advice_state, name="advice_state"),
    path("quality/signals/<int:pk>/decision/", registers.decision, name="signal_decision"),
    path("satisfaction/", opinions.satisfaction, name="satisfaction"),
    path("appeals/<int:pk>/score/", opinions.score, name="score"),
    path("appeals/<int:pk>/fault/", steps.fault, name="fault"),
]
