"""Addresses: mailboxes, routing, terms, calendar, approval, norms, topics, templates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.settings.workflow import (
    accuracy,
    addressees,
    approval,
    calendar,
    channels,
    norms,
    recount,
    routing,
    samples,
    terms,
    topics,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("channels/", channels.channels, name="channels"),
    path("channels/new/<slug:kind>/", channels.channel_new, name="channel_new"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/probe/", channels.probe, name="channel_probe"),
    path("channels/<int:pk>/webhook/", channels.webhook, name="channel_webhook"),
    path("addressees/", addressees.addressees, name="addressees"),
    path("addressees/<int:pk>/removal/", addressees.remove, name="addressee_removal"),
    path("routing/", routing.rules, name="routing"),
    path("routing/new/", routing.rule_new, name="routing_new"),
    path("routing/<int:pk>/", routing.rule, name="routing_rule"),
    path("routing/<int:pk>/retirement/", routing.retire, name="routing_retire"),
    path("terms/", terms.terms, name="terms"),
    path("terms/new/", terms.term_new, name="term_new"),
    path("terms/<int:pk>/", terms.term, name="term"),
    path("terms/<int:pk>/retirement/", terms.retire, name="term_retire"),
    path("terms/winner/", terms.winner, name="term_winner"),
    path("terms/recount/", recount.recount, name="recount"),
    path("terms/recount/progress/", recount.progress, name="recount_progress"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/restoration/", calendar.restore, name="calendar_restore"),
    path("calendar/hours/", calendar.hours, name="calendar_hours"),
    path("approval/", approval.approval, name="approval"),
    path("norms/", norms.norms, name="norms"),
    path("topics/", topics.topics, name="topics"),
    path("topics/learning/", topics.learning, name="topics_learning"),
    path("topics/threshold/", topics.threshold, name="topics_threshold"),
    path("topics/accuracy/", accuracy.accuracy, name="accuracy"),
    path("topics/accuracy/<int:pk>/promotion/", accuracy.promote, name="accuracy_promote"),
    path("samples/", samples.samples, name="samples"),
    path("samples/new/", samples.sample_new, name="sample_new"),
    path("samples/preview/", samples.preview, name="sample_preview"),
    path("samples/<int:pk>/", samples.sample, name="sample"),
    path("samples/<int:pk>/archive/", samples.archive, name="sample_archive"),
]
