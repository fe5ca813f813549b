"""The form of the portal on other sites, and the form and polls of ПОС on the portal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.directory.organisation.models import Municipality
from otklik.exchange.channels.actions import set_up_account
from otklik.exchange.channels.connectors.portal.settings import sites_in
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import account_for
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast


class EmbeddingForm(forms.Form):
    sites = forms.CharField(
        label="Сайты, на которых показывать форму",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="По одному в строке: https://adm-zaozersk.ru. Пусто — нигде.",
    )
    widget_id = forms.RegexField(
        r"^\d{1,12}$",
        label="Номер организации в ПОС",
        required=False,
        help_text="Из кода виджета, который выдаёт кабинет ПОС: число в конце.",
        error_messages={"invalid": "Номер состоит только из цифр."},
    )
    oktmo = forms.RegexField(
        r"^(\d{8}|\d{11})$",
        label="ОКТМО для опросов ПОС",
        required=False,
        error_messages={"invalid": "В ОКТМО восемь или одиннадцать цифр."},
    )

    def clean_sites(self) -> str:
        try:
            return " ".join(sites_in(self.cleaned_data["sites"]))
        except ValueError as error:
            raise forms.ValidationError(f"{error}.") from None


@setting_up
def embedding(request: DeskRequest) -> HttpResponse:
    place = request.municipality
    portal, pos = (account_for(place.pk, kind) for kind in (ChannelKind.PORTAL, ChannelKind.POS))
    initial: dict[str, Any] = {
        "sites": "\n".join(str((portal.settings if portal else {}).get("sites", "")).split()),
        **{name: (pos.settings if pos else {}).get(name, "") for name in ("widget_id", "oktmo")},
    }
    form = EmbeddingForm(request.POST or None, initial=initial)
    saving = request.method == "POST" and form.is_valid()
    if saving and done(form, lambda: _save(request, form, portal, pos)):
        toast(request, "Сохранено")
        return redirect("desk:embedding")
    home = f"{settings.PUBLIC_URL}{reverse('portal:centre', args=[place.slug])}"
    context = {
        "form": form,
        "sites": initial["sites"].split(),
        "script": f'<script src="{home}widget.js" async></script>',
        "frame": _frame(home, place),
        "widget_url": f"{home}widget/",
        "pos_url": reverse("portal:pos", args=[place.slug]) if pos else "",
        "pos_on": bool(initial["widget_id"] or initial["oktmo"]),
    }
    trail = crumbs(("Форма на других сайтах", ""))
    return render(request, "desk/settings/embedding.html", context, crumbs=trail)


def _save(
    request: DeskRequest,
    form: EmbeddingForm,
    portal: ChannelAccount | None,
    pos: ChannelAccount | None,
) -> None:
    """Each into the settings of its channel; a channel that says nothing new is left alone."""
    told = form.cleaned_data
    wanted = (
        (ChannelKind.PORTAL, portal, {"sites": told["sites"]}),
        (ChannelKind.POS, pos, {name: told[name] for name in ("widget_id", "oktmo")}),
    )
    for kind, account, values in wanted:
        known = dict(account.settings) if account else {}
        if all(known.get(name, "") == value for name, value in values.items()):
            continue
        set_up_account(
            access=request.access,
            kind=kind,
            title=account.title if account else kind.label,
            settings={**known, **values},
            account_id=account.pk if account else None,
        )


def _frame(home: str, place: Municipality) -> str:
    return (
        f'<iframe src="{home}widget/" title="Сообщение: {place.short_name}" '
        'width="100%" height="900" style="border:0" referrerpolicy="origin"></iframe>'
    )
