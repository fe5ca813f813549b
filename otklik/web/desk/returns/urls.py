"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.returns import card, forms, lists, summary

urlpatterns: list[URLPattern | URLResolver] = [
    path("returns/", lists.returns, name="returns"),
    path("returns/<int:pk>/", card.report, name="return"),
    path("returns/<int:pk>/decision/", card.decision, name="return_decision"),
    path("returns/forms/", forms.forms_list, name="return_forms"),
    path("returns/forms/new/", forms.form_new, name="return_form_new"),
    path("returns/forms/<int:pk>/", forms.form_edit, name="return_form"),
    path("returns/forms/<int:pk>/summary/", summary.summary, name="return_summary"),
    path(
        "returns/forms/<int:pk>/summary/<str:ending>/",
        summary.summary_file,
        name="return_summary_file",
    ),
]
