"""Sector blocks and their composition."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.models import Block
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.forms import BlockForm, MemberFormSet
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast


@organiser
def blocks(request: DeskRequest) -> HttpResponse:
    facts = queries.regulation_facts(request.municipality)
    context = {
        "blocks": queries.blocks_with_members(request.municipality.pk),
        "assumed_names": facts.assumed_block_names,
    }
    trail = crumbs(("Отраслевые блоки", ""))
    return render(request, "desk/settings/people/blocks.html", context, crumbs=trail)


@organiser
def block_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@organiser
def block(request: DeskRequest, pk: int) -> HttpResponse:
    return _edit(request, queries.own(request.access, Block, pk))


def _edit(request: DeskRequest, found: Block | None) -> HttpResponse:
    rows = list(found.members.select_related("body")) if found else []
    offered = list(queries.bodies(request.municipality.pk))
    # A body in the archive stays in the block until somebody takes it out.
    offered += [row.body for row in rows if row.body and not row.body.is_active]
    form = BlockForm(request.POST or None, initial=_initial(found))
    members = MemberFormSet(
        request.POST or None,
        prefix="member",
        form_kwargs={"bodies": offered},
        initial=[
            {"membership": r.membership, "body": str(r.body_id or ""), "position": r.position}
            for r in rows
        ],
    )
    if request.method == "POST" and form.is_valid() and members.is_valid():
        kept = [member for row in members.forms if (member := row.member())]
        if done(
            form,
            lambda: actions.save_block(
                access=request.access, block=found, members=kept, **form.cleaned_data
            ),
        ):
            toast(request, f"«{form.cleaned_data['name']}»: сохранено")
            return redirect("desk:blocks")
    needed = queries.regulation_facts(request.municipality).block_decision
    context = {"form": form, "members": members, "found": found, "needed": needed}
    trail = crumbs(("Отраслевые блоки", "blocks"), (str(found or "Новый блок"), ""))
    return render(request, "desk/settings/people/block.html", context, crumbs=trail)


def _initial(found: Block | None) -> dict[str, str]:
    return {"name": found.name, "directions": "\n".join(found.directions)} if found else {}
