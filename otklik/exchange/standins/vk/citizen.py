"""The page on which one writes as a citizen, and its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.vk import doings, pieces, world
from otklik.exchange.standins.vk.keys import Refusal
from otklik.exchange.standins.vk.state import Comment, Community, Photo, Post

if TYPE_CHECKING:
    from otklik.exchange.standins.vk.application import VkStandIn

Form = Callable[[Request], None]


def add_routes(app: VkStandIn) -> None:
    forms = _Forms(app)
    for path, form in (
        ("comment", forms.comment),
        ("comment/edit", forms.edit_comment),
        ("comment/delete", forms.delete_comment),
        ("comment/restore", forms.restore_comment),
        ("like", forms.like),
        ("message", forms.message),
        ("message/edit", forms.edit_message),
        ("topic", forms.topic),
        ("post", forms.post),
    ):
        app.route("POST", f"/citizen/{path}", _then_back(form), call="page")
    app.route("GET", "/<place>", _led, call="page")


def page(app: VkStandIn, request: Request) -> Response:
    person = app.world.people.get(_number(request.args.get("as"), world.ADMIN_ID))
    if person is None:
        raise BadRequest("Такого жителя здесь нет.")
    community = _community(app)
    return pieces.page(app.world, community, person, str(request.args.get("said", "")))


def _led(request: Request, place: str) -> Response:
    """Addresses of the real site lead to the same thing on this one page."""
    if place.startswith("id"):
        return redirect(f"/?as={place[2:]}")
    if place.startswith("gim"):
        return redirect(f"/?as={request.args.get('sel', '')}#dialogue")
    if not place.startswith(("wall-", "topic-")):
        raise NotFound
    within = request.args.get("reply") or request.args.get("post") or ""
    return redirect(f"/#{place}{'_r' if within else ''}{within}")


class _Forms:
    """One method per form. A deed refused is told on the page."""

    def __init__(self, app: VkStandIn) -> None:
        self.app = app

    def comment(self, request: Request) -> None:
        post, form = self._post(request), request.form
        doings.add_comment(
            self.app.stage,
            _community(self.app),
            post,
            self._person(request),
            form.get("text", ""),
            self._photos(request),
            reply_to=_number(form.get("reply_to")),
        )

    def edit_comment(self, request: Request) -> None:
        post, comment = self._comment(request)
        text = request.form.get("text", "")
        doings.edit_comment(self.app.stage, _community(self.app), post, comment, text)

    def delete_comment(self, request: Request) -> None:
        post, comment = self._comment(request)
        by = self._person(request)
        doings.delete_comment(self.app.stage, _community(self.app), post, comment, by)

    def restore_comment(self, request: Request) -> None:
        post, comment = self._comment(request)
        doings.restore_comment(self.app.stage, _community(self.app), post, comment)

    def like(self, request: Request) -> None:
        self._post(request).likes += 1

    def message(self, request: Request) -> None:
        doings.add_message(
            self.app.stage,
            _community(self.app),
            self._person(request),
            request.form.get("text", ""),
            self._photos(request),
        )

    def edit_message(self, request: Request) -> None:
        kept = _community(self.app).conversations.get(self._person(request), [])
        number = _number(request.form.get("message"))
        for each in kept:
            if each.id == number:
                text = request.form.get("text", "")
                doings.edit_message(self.app.stage, _community(self.app), each, text)

    def topic(self, request: Request) -> None:
        community = _community(self.app)
        topic = community.topics[_number(request.form.get("topic"))]
        doings.add_topic_comment(
            self.app.stage,
            community,
            topic,
            self._person(request),
            request.form.get("text", ""),
            self._photos(request),
        )

    def post(self, request: Request) -> None:
        community = _community(self.app)
        text, photos = request.form.get("text", ""), self._photos(request)
        doings.add_post(self.app.stage, community, community.owner_id, text, photos)

    def _person(self, request: Request) -> int:
        return _number(request.form.get("as"), world.ADMIN_ID)

    def _post(self, request: Request) -> Post:
        found = _community(self.app).posts.get(_number(request.form.get("post")))
        if found is None:
            raise BadRequest("Такой записи нет.")
        return found

    def _comment(self, request: Request) -> tuple[Post, Comment]:
        post = self._post(request)
        found = post.comments.get(_number(request.form.get("comment")))
        if found is None:
            raise BadRequest("Такого комментария нет.")
        return post, found

    def _photos(self, request: Request) -> list[Photo]:
        sent = [each.read() for each in request.files.getlist("photos")]
        owner = self._person(request)
        return [doings.new_photo(self.app.stage, owner, each) for each in sent if each]


def _then_back(form: Form) -> Callable[[Request], Response]:
    def handler(request: Request) -> Response:
        said = ""
        try:
            form(request)
        except Refusal as refusal:
            said = f"&said=Отказ {refusal.code}: {refusal}"
        person = _number(request.form.get("as"), world.ADMIN_ID)
        return redirect(f"/?as={person}{said}", code=303)

    return handler


def _community(app: VkStandIn) -> Community:
    return next(iter(app.world.communities.values()))


def _number(told: str | None, default: int = 0) -> int:
    return int(told) if told and told.isdigit() else default
