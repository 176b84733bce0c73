"""Messages of commanding as deliveries: a post that is edited while it can be pressed, and a word in its thread."""

from dataclasses import replace
from typing import Any

from bot.domain.core.effect import POST, REFRESH, Deliver, FactContext, Supersede
from bot.domain.incidents.surfaces import number, post, post_key


def redrawn(scene: FactContext, key: str, template: str, **payload: Any) -> Deliver:
    """The edit of the message that the delivery `key` becomes, which goes on asking. In the order of what happened."""
    return Deliver(
        kind="reword",
        lane=f"reword:{key}",
        key=f"reword:{key}:{template}:{scene.now.isoformat()}",
        after=key,
        payload={"incident": number(scene), **payload, "template": template, "of": key},
        priority=REFRESH,
    )


def asking(scene: FactContext, subject: str, template: str, **payload: Any) -> Deliver:
    """A post where the incident lives that can be pressed until it is settled (`settled`); its subject names it."""
    return replace(post(scene, template, subject, **payload), asks=subject)


def settled(scene: FactContext, subject: str, template: str, **payload: Any) -> Supersede:
    """What that post says for good, without its buttons."""
    return Supersede(subject, template, {"incident": number(scene), **payload})


def in_thread(scene: FactContext, of: str, template: str, key: str, **payload: Any) -> Deliver:
    """A message in the thread of the post `of`, as it is named where it is posted; where the incident lives if that
    never came."""
    n = number(scene)
    return Deliver(
        kind="command.reply",
        lane=f"post:{n}",
        key=post_key(n, key),
        after=post_key(n, of),
        payload={"incident": n, "template": template, "of": post_key(n, of), **payload},
        priority=POST,
    )
