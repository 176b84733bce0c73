"""What a surface would show, in sixteen characters: two letters with one digest look the same."""

import hashlib
import json
from typing import Any

from bot.integrations.outbound import Edit, Letter, Post, SetTopic


def digest_of(item: Letter) -> str | None:
    """Identifies what a surface would show, so that an edit without a change is not sent."""
    match item:
        case Post() | Edit():
            shown: Any = [item.text, item.blocks]
        case SetTopic(topic=topic):
            shown = topic
        case _:
            return None
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
