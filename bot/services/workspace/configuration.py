"""Use cases of the configuration file: the admins are told what is wrong with it, once for each mistake."""

from collections.abc import Sequence

from bot.domain.workspace.facts import ConfigurationRefused, ConfigurationRepaired
from bot.services.core import operators, settings
from bot.work import Work
from storage.models import Setting

SETTING = "configuration.refused"
MOST_KEPT = 200


def seen(w: Work, problems: Sequence[str]) -> None:
    """The file was read: `problems` each begin with file and line; none when it is in force."""
    w.hold_system()
    told: list[str] = settings.setting(w.session, SETTING) or []
    if not problems:
        _mended(w, bool(told))
        return
    news = [one for one in problems if one not in told]
    if not news:
        return
    settings.set_setting(w, SETTING, [*told, *news][-MOST_KEPT:])
    w.record([ConfigurationRefused(problems=list(problems))])
    operators.tell(w, "configuration_refused", f"configuration:{w.now.isoformat()}", {"problems": list(problems)})


def _mended(w: Work, was_wrong: bool) -> None:
    if not was_wrong:
        return
    w.session.delete(w.session.get_one(Setting, SETTING))
    w.record([ConfigurationRepaired(digest=w.catalog.digest)])
    operators.tell(w, "configuration_mended", f"configuration:{w.now.isoformat()}", {})


def differs(w: Work, sections: Sequence[str]) -> None:
    """Another process has read a newer file and this one has not, for minutes: said once for each pair of files."""
    key = f"configuration:apart:{w.catalog.digest[:12]}:{','.join(sections)}"
    operators.tell(w, "configuration_differs", key, {"sections": list(sections)})
