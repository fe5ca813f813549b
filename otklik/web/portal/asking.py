"""What the author may still ask of an open case: to add to it, or to stop it (59-ФЗ, art. 5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.base.errors import OtklikError
from otklik.casework.appeals.models import Appeal
from otklik.casework.proceedings.actions import add_materials, own_access, withdraw
from otklik.casework.proceedings.queries import decisions_of, materials_with_files
from otklik.web.portal.forms import ManyFilesField
from otklik.web.portal.limits import spend
from otklik.web.portal.page import address_of, render

BY_CITIZEN = "Заявитель попросил об этом на своей странице"


class MaterialsForm(forms.Form):
    text = forms.CharField(
        label="Что вы хотите добавить",
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
    )
    papers = ManyFilesField(
        label="Фотографии и документы", required=False, help_text="До 10 файлов, каждый до 20 МБ."
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label="Почему (можно не писать)",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    sure = forms.BooleanField(
        label="Прошу больше не рассматривать",
        error_messages={"required": "Отметьте, что больше рассматривать не нужно."},
    )


def materials(request: HttpRequest) -> HttpResponse:
    """Words and files added by the author, who opened the case by number and code before."""
    case = opened(request)
    if case is None:
        return redirect("portal:follow")
    form = MaterialsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = [(one.name or "файл", one.read()) for one in form.cleaned_data["papers"]]
        try:
            spend("materials", address_of(request), most=20, seconds=3600)
            add_materials(
                access=own_access(case),
                appeal_id=case.pk,
                text=form.cleaned_data["text"],
                files=files,
                from_citizen=True,
            )
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            return redirect("portal:case")
    return _page(request, "portal/materials.html", case, form)


def withdrawal(request: HttpRequest) -> HttpResponse:
    """The author's own wish to stop; asks once more, because it cannot be taken back."""
    case = opened(request)
    if case is None:
        return redirect("portal:follow")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"].strip()
        try:
            withdraw(
                access=own_access(case),
                appeal_id=case.pk,
                reason=f"{BY_CITIZEN}: {reason}" if reason else BY_CITIZEN,
            )
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            return redirect("portal:case")
    return _page(request, "portal/withdrawal.html", case, form)


def opened(request: HttpRequest) -> Appeal | None:
    """The case this visitor opened by its number and code."""
    found = Appeal.objects.select_related("municipality")
    return found.filter(pk=request.session.get("case", 0)).first()


def about(case: Appeal) -> dict[str, Any]:
    """Decisions the author was told of and what he added: three queries."""
    added, with_files = materials_with_files(case.pk)
    told = decisions_of(case.pk).prefetch_related(None).exclude(notice_text="")
    return {"decisions": list(told), "added": added, "with_files": with_files}


def _page(request: HttpRequest, template: str, case: Appeal, form: forms.Form) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"case": case, "form": form}
    return render(request, template, context, centre=case.municipality, status=status)
