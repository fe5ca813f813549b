"""Protection of information: what is demanded, how it stands now, and what may be set."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.directory.organisation.actions import BOUNDS, Protection, save_protection
from otklik.directory.organisation.vocabulary import Permission, SecondFactor
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.protection.state import demands
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

HELP = {
    "session_hours": "После этого нужно войти снова, даже если человек работает.",
    "idle_minutes": "Сеанс закроется, если столько времени не открывать страниц.",
    "password_length": "Проверяется, когда пароль задают или меняют.",
    "upload_days": "Потом содержимое загруженного файла удаляется; обращения остаются.",
    "case_years": "Со дня закрытия; страница покажет, у скольких обращений срок вышел.",
}


class ProtectionForm(forms.Form):
    second_factor = forms.ChoiceField(
        label="Второй фактор",
        choices=SecondFactor.choices,
        help_text="Одноразовый код из приложения; без него рабочее место не откроется.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, (least, most, label) in BOUNDS.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=least,
                max_value=most,
                help_text=f"От {least} до {most}. {HELP[name]}",
            )

    def rules(self) -> Protection:
        """The demands of a valid form."""
        values = dict(self.cleaned_data)
        return Protection(**{**values, "second_factor": SecondFactor(values["second_factor"])})


@setting_up
def protection(request: DeskRequest) -> HttpResponse:
    place = request.municipality
    names = ("second_factor", *BOUNDS)
    form = ProtectionForm(
        request.POST or None, initial={name: getattr(place, name) for name in names}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: save_protection(access=request.access, rules=form.rules()))
    ):
        toast(request, "Требования сохранены и действуют со следующего шага каждого сотрудника")
        return redirect("desk:protection")
    rows = demands(place)
    context = {
        "form": form,
        "rows": rows,
        "open": sum(row.tone != "done" for row in rows),
        "exports": request.access.may(Permission.JOURNAL),
    }
    trail = crumbs(("Защита информации", ""))
    return render(request, "desk/settings/protection/page.html", context, crumbs=trail)
