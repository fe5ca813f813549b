"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.automation import (
    effect,
    mechanism_form,
    mechanisms,
    mirror,
    rule_card,
    rules,
    steps,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("automation/", rules.rules, name="automation"),
    path("automation/new/", rules.rule_new, name="auto_rule_new"),
    path("automation/<int:pk>/", rule_card.rule, name="auto_rule"),
    path("automation/<int:pk>/edit/", rules.rule_edit, name="auto_rule_edit"),
    path("automation/<int:pk>/dry-run/", rule_card.trial, name="auto_rule_trial"),
    path("automation/<int:pk>/state/", steps.state, name="auto_rule_state"),
    path("automation/<int:pk>/mirror/", steps.mirror, name="auto_rule_mirror"),
    path("automation/effect/", effect.effect, name="auto_effect"),
    path("automation/limit/", steps.limit, name="auto_limit"),
    path("automation/register/", mirror.register, name="auto_register"),
    path("automation/register/file/<slug:ending>/", mirror.file, name="auto_register_file"),
    path("automation/register/new/", mirror.entry_new, name="auto_entry_new"),
    path("automation/register/<int:pk>/", mirror.entry, name="auto_entry"),
    path("automation/register/<int:pk>/state/", mirror.entry_state, name="auto_entry_state"),
    path("automation/mechanisms/", mechanisms.mechanisms, name="mechanisms"),
    path("automation/mechanisms/new/", mechanism_form.mechanism_new, name="mechanism_new"),
    path("automation/mechanisms/<int:pk>/", mechanisms.mechanism, name="mechanism"),
    path("automation/mechanisms/<int:pk>/edit/", mechanism_form.mechanism_edit,
         name="mechanism_edit"),
    path("automation/mechanisms/<int:pk>/agreement/", steps.agreement, name="mechanism_agreement"),
    path("automation/mechanisms/<int:pk>/decision/", steps.decision, name="mechanism_decision"),
    path("automation/mechanisms/<int:pk>/state/", steps.mechanism_state, name="mechanism_state"),
    path("automation/firings/<int:pk>/error/", steps.wrong, name="firing_wrong"),
]  # fmt: skip
