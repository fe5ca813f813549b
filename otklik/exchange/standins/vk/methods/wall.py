"""wall.*"""

from __future__ import annotations

from typing import Any

from otklik.exchange.standins.vk import doings, shapes
from otklik.exchange.standins.vk.keys import Refusal
from otklik.exchange.standins.vk.methods.asking import Ask, bad
from otklik.exchange.standins.vk.state import Comment, Community, KeyKind, Post, now


def get(ask: Ask) -> Any:
    community = ask.wall()
    shown = [each for each in reversed(community.posts.values()) if not each.deleted and _out(each)]
    taken = shown[ask.page(100)]
    for each in taken:
        each.views += 1
    items = [shapes.post(each, ask.stage.url) for each in taken]
    return {"count": len(shown), "items": items}


def get_by_id(ask: Ask) -> Any:
    found = []
    for name in ask.several("posts"):
        owner, _, number = name.partition("_")
        try:
            community = ask.community(-int(owner))
            post = community.posts.get(int(number))
        except ValueError:
            raise bad("posts") from None
        if post and not post.deleted:
            post.views += 1
            found.append(shapes.post(post, ask.stage.url))
    return {"items": found}


def get_comments(ask: Ask) -> Any:
    post = ask.post(ask.wall())
    root, inner = ask.number("comment_id", 0), ask.number("thread_items_count", 0)
    if not 0 <= inner <= 10:
        raise bad("thread_items_count")
    level = shapes.branch(post, root) if root else shapes.first_level(post)
    if ask.text("sort") == "desc":
        level = level[::-1]
    start = ask.number("start_comment_id", 0)
    if start:
        level = level[next((i for i, each in enumerate(level) if each.id == start), 0) :]
    taken = level[ask.page(100, 10)]
    url = ask.stage.url
    answer: dict[str, Any] = {
        "count": sum(not each.deleted for each in post.comments.values()),
        "items": [shapes.comment(post, each, url, level=not root, inner=inner) for each in taken],
        "current_level_count": len(level),
        "can_post": not post.closed,
        "show_reply_button": True,
        "groups_can_post": True,
    }
    if ask.truth("extended"):
        wrote = [each.from_id for each in post.comments.values()]
        answer |= shapes.authors(ask.world, [*wrote, post.owner_id])
    return answer


def create_comment(ask: Ask) -> Any:
    community = ask.wall()
    post = ask.post(community)
    text, photos = ask.text("message"), ask.photos("attachments")
    if not text and not photos:
        raise bad("message")
    author = _author(ask, community)
    reply_to = ask.number("reply_to_comment", 0)

    def make() -> Any:
        made = doings.add_comment(
            ask.stage, community, post, author, text, photos, reply_to=reply_to
        )
        return {"comment_id": made.id, "parents_stack": [made.root] if made.root else []}

    return ask.once(ask.text("guid"), make)


def edit_comment(ask: Ask) -> Any:
    community = ask.wall()
    post, comment = _comment(ask, community)
    doings.edit_comment(ask.stage, community, post, comment, ask.text("message"))
    return 1


def delete_comment(ask: Ask) -> Any:
    community = ask.wall()
    post, comment = _comment(ask, community)
    doings.delete_comment(ask.stage, community, post, comment, ask.key.user_id)
    return 1


def post(ask: Ask) -> Any:
    community = ask.wall()
    text, photos = ask.text("message"), ask.photos("attachments")
    if not text and not photos and not ask.several("attachments"):
        raise bad("message")
    if len(ask.several("attachments")) > 10:
        raise bad("attachments")
    at = ask.number("publish_date", 0)
    if at and at <= now():
        raise Refusal(214, "Access to adding post denied: publish_date")
    author = community.owner_id if ask.truth("from_group") else ask.author

    def make() -> Any:
        made = doings.add_post(ask.stage, community, author, text, photos, at)
        made.closed = ask.truth("close_comments")
        return {"post_id": made.id}

    return ask.once(ask.text("guid"), make)


def edit(ask: Ask) -> Any:
    community = ask.wall()
    found = ask.post(community, code=210)
    found.text, found.photos = ask.text("message"), ask.photos("attachments")
    found.edited = now()
    return {"post_id": found.id}


def delete(ask: Ask) -> Any:
    ask.post(ask.wall(), code=210).deleted = True
    return 1


def _author(ask: Ask, community: Community) -> int:
    """A community's key always writes as the community; a person only where he says so."""
    if ask.key.kind == KeyKind.COMMUNITY or ask.number("from_group", 0) == community.id:
        return community.owner_id
    return ask.author


def _comment(ask: Ask, community: Community) -> tuple[Post, Comment]:
    number = ask.number("comment_id")
    for each in community.posts.values():
        if number in each.comments and not each.comments[number].deleted:
            return each, each.comments[number]
    raise Refusal(211)


def _out(post: Post) -> bool:
    post.postponed = post.postponed and post.date > now()
    return not post.postponed
