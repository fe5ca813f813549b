"""News to programs: where they go, what was answered, and once more by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.coordination.webhooks import actions, queries
from otklik.coordination.webhooks.models import Delivery, Subscription
from otklik.coordination.webhooks.vocabulary import CaseNews
from otklik.directory.programs.models import Program
from otklik.directory.programs.queries import program_of
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.programs.forms import SubscriptionForm, subscription_initial
from otklik.web.desk.settings.programs.views import PAGES, TITLE, shown_once
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

WORDS = {**dict(CaseNews.choices), "ping": "проверка"}


@setting_up
def subscription_new(request: DeskRequest, pk: int) -> HttpResponse:
    return _edit(request, program_of(request.access, pk), None)


@setting_up
def subscription(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.subscription_of(request.access, pk)
    return _edit(request, found.program, found)


@require_POST
@setting_up
def secret(request: DeskRequest, pk: int) -> HttpResponse:
    """A new key to sign with; the old one is forgotten at once."""
    found = queries.subscription_of(request.access, pk)
    _, text = actions.save_subscription(
        access=request.access,
        program_id=found.program_id,
        url=found.url,
        news=found.news,
        personal=found.personal,
        subscription_id=pk,
        new_secret=True,
    )
    return shown_once(request, found.program, _told_once(found, text))


@require_POST
@setting_up
def trial(request: DeskRequest, pk: int) -> HttpResponse:
    actions.ping(access=request.access, subscription_id=pk)
    toast(request, "Проверочное оповещение отправляется: ответ появится в списке ниже")
    return redirect("desk:subscription", pk)


@require_POST
@setting_up
def pause(request: DeskRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    actions.pause_subscription(access=request.access, subscription_id=pk, reason=reason)
    toast(request, "Оповещения приостановлены: новые копятся и уйдут, когда вы их возобновите")
    return redirect("desk:subscription", pk)


@require_POST
@setting_up
def resumption(request: DeskRequest, pk: int) -> HttpResponse:
    count = actions.resume_subscription(access=request.access, subscription_id=pk)
    toast(request, f"Оповещения возобновлены, отправляется накопленных: {count}")
    return redirect("desk:subscription", pk)


@require_POST
@setting_up
def ending(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.subscription_of(request.access, pk)
    actions.end_subscription(access=request.access, subscription_id=pk)
    toast(request, "Оповещения прекращены")
    return redirect("desk:program", found.program_id)


@require_POST
@setting_up
def replay(request: DeskRequest, pk: int, delivery: int) -> HttpResponse:
    actions.replay(access=request.access, delivery_id=delivery)
    toast(request, "Оповещение отправляется ещё раз")
    return redirect("desk:subscription", pk)


def _edit(request: DeskRequest, program: Program, found: Subscription | None) -> HttpResponse:
    posted = request.method == "POST"
    form = SubscriptionForm(request.POST if posted else None, initial=subscription_initial(found))
    if posted and form.is_valid():
        saved: list[tuple[Subscription, str]] = []

        def save() -> None:
            saved.append(
                actions.save_subscription(
                    access=request.access,
                    program_id=program.pk,
                    subscription_id=found.pk if found else None,
                    **form.cleaned_data,
                )
            )

        if done(form, save):
            made, text = saved[0]
            if text:
                return shown_once(request, program, _told_once(made, text))
            toast(request, "Подписка сохранена")
            return redirect("desk:subscription", made.pk)
    return _page(request, program, found, form, status=422 if posted else 200)


def _told_once(found: Subscription, text: str) -> dict[str, Any]:
    return {"program": found.program, "subscription": found, "text": text, "kind": "secret"}


def _page(
    request: DeskRequest,
    program: Program,
    found: Subscription | None,
    form: SubscriptionForm,
    *,
    status: int,
) -> HttpResponse:
    before = request.GET.get("before", "")
    rows: list[Delivery] = []
    if found is not None:
        rows = queries.deliveries(found, int(before) if before.isdecimal() else None)
    shown = rows[: queries.PAGE]
    context = {
        "form": form,
        "program": program,
        "subscription": found,
        "rows": [(one, WORDS.get(one.news, one.news)) for one in shown],
        "next_url": f"?before={shown[-1].pk}" if len(rows) > len(shown) else "",
        "first_url": request.path if before else "",
    }
    trail = crumbs((TITLE, "programs"), (program.title, ""))
    page = f"{PAGES}/subscription.html"
    return render(request, page, context, crumbs=trail, status=status)
