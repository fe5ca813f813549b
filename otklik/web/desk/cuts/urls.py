"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.cuts import files, frozen, indicators, keeping, summary

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("summary/", summary.summary, name="summary"),
    path("summary/file/", files.file, name="summary_file"),
    path("summary/save/", summary.save, name="summary_save"),
    path("summary/<int:pk>/forget/", summary.forget, name="summary_forget"),
    path("summary/cuts/<int:pk>/", keeping.opened, name="cut"),
    path("summary/cuts/<int:pk>/settings/", keeping.settings, name="cut_settings"),
    path("summary/cuts/<int:pk>/pin/", keeping.pin, name="cut_pin"),
    path("summary/frozen/", frozen.frozen, name="frozen_cuts"),
    path("summary/frozen/<int:pk>/", frozen.one, name="frozen_cut"),
    path("summary/frozen/<int:pk>/supply/", frozen.supply, name="frozen_supply"),
    path("summary/frozen/<int:pk>/files/<slug:ending>/", frozen.file, name="frozen_file"),
    path(
        "summary/frozen/<int:pk>/supplies/<int:supply_id>/",
        frozen.supplied,
        name="frozen_supplied",
    ),
]
