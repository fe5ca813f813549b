"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.reception import booking, card, days, schedule

urlpatterns: list[URLPattern | URLResolver] = [
    path("reception/", days.reception, name="reception"),
    path("reception/printed/", days.printed, name="reception_print"),
    path("reception/visits/", days.visits, name="visits"),
    path("reception/visits/new/", booking.visit_new, name="visit_new"),
    path("reception/visits/<int:pk>/", card.visit, name="visit"),
    path("reception/visits/<int:pk>/cancellation/", booking.cancellation, name="visit_cancel"),
    path("reception/visits/<int:pk>/time/", booking.time, name="visit_time"),
    path("reception/visits/<int:pk>/absence/", booking.absence, name="visit_missed"),
    path("reception/schedule/", schedule.schedule, name="reception_schedule"),
    path("reception/schedule/<int:pk>/", schedule.host, name="reception_host"),
    path("reception/schedule/<int:pk>/hours/", schedule.hours, name="reception_hours"),
    path("reception/schedule/<int:pk>/closure/", schedule.closure, name="reception_closure"),
    path("reception/hours/<int:pk>/removal/", schedule.removal, name="reception_hours_off"),
    path("reception/categories/", schedule.categories, name="reception_categories"),
]
