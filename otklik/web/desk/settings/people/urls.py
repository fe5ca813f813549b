"""Addresses: structure, roles, appointments, regulations."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.settings.people import (
    act,
    appointments,
    blocks,
    centre,
    changes,
    duties,
    persons,
    regulations,
    roles,
    staffing,
    structure,
    themes,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("centre/", centre.centre_card, name="centre_card"),
    path("library/", centre.library, name="library"),
    path("library/<int:pk>/", act.legal_act, name="legal_act"),
    path("library/<int:pk>/file/", centre.legal_act_file, name="legal_act_file"),
    path("composition/", changes.composition, name="composition"),
    path("composition/changes/", changes.changes, name="changes"),
    path("composition/changes/<int:pk>/decision/", changes.change_decision, name="change_decision"),
    path("composition/changes/<int:pk>/file/", changes.change_file, name="change_file"),
    path("composition/duties/", duties.duties, name="duties"),
    path("composition/duties/direction/", duties.direction, name="duty_direction"),
    path("composition/duties/term/", duties.directions_due, name="duty_term"),
    path(
        "composition/duties/<int:pk>/description/", duties.job_description, name="job_description"
    ),
    path(
        "composition/duties/<int:pk>/file/",
        duties.job_description_file,
        name="job_description_file",
    ),
    path("structure/", structure.structure, name="structure"),
    path("structure/new/", structure.body_new, name="body_new"),
    path("structure/<int:pk>/", structure.body, name="body"),
    path("structure/<int:pk>/archive/", structure.body_archive, name="body_archive"),
    path("structure/<int:pk>/restoration/", structure.body_restore, name="body_restore"),
    path("blocks/", blocks.blocks, name="blocks"),
    path("blocks/new/", blocks.block_new, name="block_new"),
    path("blocks/<int:pk>/", blocks.block, name="block"),
    path("themes/", themes.themes, name="themes"),
    path("themes/new/", themes.theme_new, name="theme_new"),
    path("themes/topics/", themes.theme_topics, name="theme_topics"),
    path("themes/following/", themes.themes_follow, name="themes_follow"),
    path("themes/<slug:slug>/", themes.theme, name="theme"),
    path("themes/<slug:slug>/state/", themes.theme_state, name="theme_state"),
    path("roles/", roles.roles, name="roles"),
    path("roles/new/", roles.role_new, name="role_new"),
    path("roles/<int:pk>/", roles.role, name="role"),
    path("people/", persons.people, name="people"),
    path("people/new/", persons.person_new, name="person_new"),
    path("people/import/", staffing.staff_import, name="staff_import"),
    path("people/<int:pk>/", persons.person, name="person"),
    path("people/<int:pk>/blocking/", persons.person_blocking, name="person_blocking"),
    path("people/<int:pk>/unblocking/", persons.person_unblocking, name="person_unblocking"),
    path("appointments/<int:pk>/ending/", appointments.ending, name="ending"),
    path("appointments/<int:pk>/substitute/", appointments.substitute, name="substitute"),
    path("regulations/", regulations.regulations, name="regulations"),
    path("regulations/<int:pk>/", regulations.regulation, name="regulation"),
    path("regulations/<int:pk>/force/", regulations.force, name="regulation_force"),
    path("regulations/<int:pk>/repeal/", regulations.repeal, name="regulation_repeal"),
    path(
        "regulations/<int:pk>/files/<int:file_id>/",
        regulations.regulation_file,
        name="regulation_file",
    ),
]
