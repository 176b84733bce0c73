"""The plan of the house as tests hold it: which nouns each layer has, in which order, and which files are roofs."""

from __future__ import annotations

# Inside a layer a noun may import itself and the nouns before it. A new noun takes its place by a reviewed line.
_ORDER = {
    "bot.domain": "core workspace schedules contact incidents lifecycle paging links command tickets assistance oncall "
    "learning preview",
    "bot.services": "core workspace schedules contact paging links incidents command tickets assistance oncall "
    "learning",
    "bot.deliveries": "core schedules contact incidents links command tickets assistance paging oncall learning",
    "bot.rendering.contexts": "core incidents schedules contact paging links command tickets assistance oncall "
    "learning preview",
    "handlers": "words workspace incidents assistance paging links command tickets learning oncall schedules",
}
NOUNS = {layer: nouns.split() for layer, nouns in _ORDER.items()}
# Files that only merge the nouns' own tables; no noun imports one. Other files beside the nouns' folders are floors,
# which every noun may import and which import no noun.
ROOFS = {
    "bot.domain.consequences", "bot.domain.timeline", "bot.domain.verbs",
    "bot.services.timers", "bot.services.sweeps", "bot.services.nudges", "bot.services.work_factory",
    "bot.deliveries.kinds", "bot.deliveries.outcomes",
    "bot.rendering.contexts.messages", "bot.rendering.contexts.render", "bot.rendering.contexts.home",
    "handlers", "handlers.changes", "handlers.verb_listener",
}  # fmt: skip
# Loops of the engine know no noun; these name some by purpose.
ENGINE_WITH_NOUNS = {"bot.engine.auditor", "bot.engine.watchdog",
                     "bot.engine.identity", "bot.engine.do_not_disturb"}  # fmt: skip


def layer_of(module: str) -> str | None:
    """The layer of nouns that a module belongs to, or None."""
    found = [layer for layer in NOUNS if module == layer or module.startswith(f"{layer}.")]
    return max(found, key=len, default=None)


def noun_of(module: str) -> str | None:
    """The noun whose folder a module lies in, or None for a floor, a roof, or a module of another kind."""
    layer = layer_of(module)
    if layer is None or module == layer:
        return None
    first = module.removeprefix(f"{layer}.").partition(".")[0]
    return first if first in NOUNS[layer] else None


# Files of a noun have 40 to 300 lines. Shorter are only facts and errors, rows of a noun's table, and these, which are
# one concept that belongs to no other file.
ROWS = {"facts", "errors", "effects", "timeline", "timers", "nudges", "verbs", "changes", "messages", "lists"}
SHORT = {
    "bot.cli": {"acting", "chosen_config", "data.audit", "data.postmortem", "data.purge", "demo.sandbox", "finding"},
    "bot.catalog": {"problem", "sections.command", "sections.reserved", "sections.retention"},
    "bot.deliveries": {"command.threads", "contact.reachability"},
    "bot.domain": {"command.heard", "core.newer_release", "core.table",
                   "lifecycle.complaints", "incidents.last_edit", "incidents.severity_facts", "links.bridges",
                   "paging.reasons", "schedules.owner",
                   "paging.stop_paging"},  # the last breaks a cycle of paging's effects
    "bot.engine": {"do_not_disturb", "sender_pools"},
    "bot.integrations": {"item", "switched_off", "tls", "trackers.letters"},
    "bot.rendering": {"durations", "topic", "contexts.command.heard", "contexts.contact.reachability",
                      "contexts.learning.problems"},
    "bot.services": {"command.brief", "core.answer", "core.catalog_words", "core.clockwork",
                     "core.operators", "core.replies", "core.settings", "incidents.ending", "incidents.mirror",
                     "incidents.roles",
                     "learning.postmortem", "paging.stop_paging", "paging.test_page",
                     "schedules.gaps", "schedules.picture", "schedules.stale_requests",
                     "workspace.retention", "workspace.signing"},
    "bot": {"health", "providers"},
    "handlers": {"home", "incidents.paged_first", "links.links", "sanitize", "paging.test_page", "web.application",
                 "web.health", "web.known_fields", "web.learning.problems", "web.site"},
    "storage": {"queries.do_not_disturb", "queries.members", "once"},
}  # fmt: skip
