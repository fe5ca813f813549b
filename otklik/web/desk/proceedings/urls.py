"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.proceedings import decision, orders, record, registers, steps

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/law/", orders.law_orders, name="law_orders"),
    path("settings/law/<slug:slug>/", orders.law_ground, name="law_ground"),
    path("proceedings/", registers.proceedings, name="proceedings"),
    path("appeals/<int:pk>/law/", record.record, name="law"),
    path("appeals/<int:pk>/law/files/<int:file_id>/", record.file, name="law_file"),
    path("appeals/<int:pk>/law/<slug:slug>/", decision.decision, name="law_decision"),
    path("appeals/<int:pk>/kin/", steps.kin, name="kin"),
    path("appeals/<int:pk>/kin/end/", steps.unkin, name="unkin"),
    path("appeals/<int:pk>/complained/", steps.complained, name="complained"),
    path("appeals/<int:pk>/signatories/", steps.signatories, name="signatories"),
    path("appeals/<int:pk>/documents/", steps.documents, name="documents"),
    path("appeals/<int:pk>/documents/reminder/", steps.reminder, name="reminder"),
    path("appeals/<int:pk>/transfers/", steps.results, name="transfer_results"),
]
