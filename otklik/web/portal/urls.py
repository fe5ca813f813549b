"""Addresses of the citizens' door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from otklik.web.portal import (
    about,
    asking,
    consultations,
    filing,
    following,
    identity,
    pos,
    public_map,
    reception,
    views,
    widget,
)

door = [
    path("", views.home, name="home"),
    path("m/<slug:slug>/", views.centre, name="centre"),
    path("m/<slug:slug>/about/", about.about, name="about"),
    path("m/<slug:slug>/map/", public_map.public_map, name="map"),
    path("m/<slug:slug>/new/", filing.new, name="new"),
    path("m/<slug:slug>/widget/", widget.form, name="widget"),
    path("m/<slug:slug>/widget.js", widget.script, name="widget-script"),
    path("m/<slug:slug>/pos/", pos.page, name="pos"),
    path("m/<slug:slug>/consultations/", consultations.page, name="consultations"),
    path("m/<slug:slug>/identification/", identity.identity, name="identity"),
    path("m/<slug:slug>/identification/start/", identity.start, name="identity-start"),
    path("m/<slug:slug>/identification/leaving/", identity.leave, name="identity-leave"),
    path("identification/back/", identity.back, name="identity-back"),
    path("m/<slug:slug>/reception/", reception.schedule, name="reception"),
    path("m/<slug:slug>/reception/<int:pk>/", reception.book, name="reception-book"),
    path("reception/", reception.find, name="reception-find"),
    path("reception/visit/", reception.visit, name="reception-visit"),
    path("reception/visit/time/", reception.time, name="reception-time"),
    path("reception/visit/cancellation/", reception.cancellation, name="reception-cancel"),
    path("receipt/", filing.receipt, name="receipt"),
    path("follow/", following.follow, name="follow"),
    path("follow/case/", following.case, name="case"),
    path("follow/case/files/<int:file_id>/", following.answer_file, name="answer-file"),
    path("follow/case/withdrawal/", asking.withdrawal, name="withdrawal"),
    path("follow/case/materials/", asking.materials, name="materials"),
    path("rate/<str:token>/", following.rate, name="rate"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((door, "portal")))]
