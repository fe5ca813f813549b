"""Choosing an act of the library to refer to in an answer; what is typed waits meanwhile."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals import queries
from otklik.casework.replies import actions as replies
from otklik.casework.replies.models import TextDraft
from otklik.casework.replies.queries import open_reply
from otklik.casework.replies.rules.citing import citation
from otklik.directory.organisation.models import LegalAct
from otklik.directory.organisation.queries import legal_acts
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render


class CitationForm(forms.Form):
    act = forms.ModelChoiceField(
        LegalAct.objects.none(),
        label="Акт",
        empty_label="выберите акт",
        error_messages={"required": "Выберите акт."},
    )
    article = forms.CharField(
        label="Статья", required=False, max_length=60, help_text="Например: 10 или ст. 10 ч. 1."
    )

    def __init__(self, municipality_id: int, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["act"].queryset = legal_acts(municipality_id)  # type: ignore[attr-defined]

    def words(self) -> str:
        """Of a valid form."""
        act = self.cleaned_data["act"]
        return citation(
            title=act.title,
            number=act.number,
            issued_on=act.issued_on,
            article=self.cleaned_data["article"],
        )


@desk(Permission.DRAFT)
def citation_page(request: DeskRequest, pk: int) -> HttpResponse:
    """A POST puts the words at the end of the answer that is being written."""
    case = queries.card(request.access, pk)
    form = CitationForm(case.municipality_id, request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = f"reply:{pk}"
        text = f"{_typed(request, pk).rstrip()} {form.words()}".strip()
        replies.keep_text(access=request.access, place=place, text=text)
        return redirect(f"{reverse('desk:appeal', args=[pk])}#reply-text")
    today = clock.today(request.municipality.tz)
    context = {
        "form": form,
        "case": case,
        "outdated": [act for act in legal_acts(case.municipality_id) if not act.in_force(today)],
    }
    crumbs = [(str(case), reverse("desk:appeal", args=[pk])), ("Ссылка на акт", "")]
    return render(request, "desk/appeals/citation.html", context, crumbs=crumbs)


def _typed(request: DeskRequest, pk: int) -> str:
    """The text not saved yet, else the draft."""
    draft = TextDraft.objects.filter(account_id=request.user.pk, place=f"reply:{pk}").first()
    current = open_reply(pk)
    return draft.text if draft else (current.text if current else "")
