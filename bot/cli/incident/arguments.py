"""The arguments of `tocsin incident`: an incident's life from its declaration to its end. Imports nothing heavy."""

from argparse import ArgumentParser

from bot.cli.command import Command, acting, json, reason, ref, text


def _declare(to: ArgumentParser) -> None:
    to.add_argument("title", nargs="+", help="what is happening")
    to.add_argument("--severity", default="", metavar="SEV", help="sev1 to sev4 (default: sev3)")
    to.add_argument("--service", default="", metavar="S")
    to.add_argument("--description", default="", metavar="TEXT")
    to.add_argument("--private", action="store_true", help="only invited people see it")
    to.add_argument("--drill", action="store_true", help="an exercise")


def _list(to: ArgumentParser) -> None:
    to.add_argument("--all", action="store_true", help="ended ones too")
    json(to)


def _update(to: ArgumentParser) -> None:
    to.add_argument("--status", default="", metavar="STATUS", help="investigating, identified or monitoring")
    to.add_argument("--severity", default="", metavar="SEV")
    to.add_argument("--impact", default="", metavar="TEXT", help="who is affected, and how")
    to.add_argument("--next", dest="next_in", default="", metavar="30m", help="when the next one comes")


def _severity(to: ArgumentParser) -> None:
    to.add_argument("severity", metavar="SEV")
    to.add_argument("--reason", default="", metavar="TEXT")


def _status(to: ArgumentParser) -> None:
    to.add_argument("status", metavar="STATUS", help="investigating, identified or monitoring")
    to.add_argument("--reason", default="", metavar="TEXT")


def _ic(to: ArgumentParser) -> None:
    to.add_argument("person", metavar="PERSON", help="a name from tocsin.yml, or a Slack id")


def _role(to: ArgumentParser) -> None:
    to.add_argument("role", metavar="ROLE", help="ic, tech, comms or scribe")
    to.add_argument("person", metavar="PERSON", nargs="?", default="", help="default: whoever --as names")


def _resolve(to: ArgumentParser) -> None:
    to.add_argument("--impact", default="", metavar="TEXT", help="who was affected, and how")
    to.add_argument("--mitigated-at", default="", metavar="T", help="when the impact ended, ISO 8601 (default: now)")


INCIDENT = (
    Command("declare", "declare an incident, which pages people",
            'tocsin incident declare "Checkout returns 5xx" --severity sev1 --service checkout', acting(_declare)),
    Command("list", "the open incidents", "tocsin incident list --all", _list),
    Command("show", "one incident", "tocsin incident show INC-1", acting(ref)),
    Command("timeline", "what happened, in order", "tocsin incident timeline INC-1", acting(ref)),
    Command("why", "who was paged and why, who was not, and what became of each try", "tocsin incident why INC-1",
            acting(ref)),
    Command("ack", "acknowledge: paging stops", "tocsin incident ack INC-1 --as ana", acting(ref)),
    Command("note", "add a line to the timeline", "tocsin incident note INC-1 restarted the gateway",
            acting(ref, text("what happened"))),
    Command("update", "publish a status update", "tocsin incident update INC-1 rolling back --status identified",
            acting(ref, text("where things stand"), _update)),
    Command("severity", "change the severity", "tocsin incident severity INC-1 sev2", acting(ref, _severity)),
    Command("status", "change the status", "tocsin incident status INC-1 monitoring", acting(ref, _status)),
    Command("ic", "give the command to somebody", "tocsin incident ic INC-1 ana", acting(ref, _ic)),
    Command("role", "give a role to somebody", "tocsin incident role INC-1 comms li", acting(ref, _role)),
    Command("resolve", "end the incident", "tocsin incident resolve INC-1 rolled back checkout 4812",
            acting(ref, text("what fixed it"), _resolve)),
    Command("reopen", "open a resolved incident again, which pages people", "tocsin incident reopen INC-1 it is back",
            acting(ref, reason)),
    Command("close", "file a resolved incident away", "tocsin incident close INC-1", acting(ref)),
    Command("cancel", "it was no incident: everything stops", "tocsin incident cancel INC-1 a false alarm",
            acting(ref, reason)),
)  # fmt: skip


def _handover(to: ArgumentParser) -> None:
    to.add_argument("person", metavar="PERSON", help="who is asked to take it, such as bo")


def _escalate(to: ArgumentParser) -> None:
    to.add_argument("to", nargs="*", metavar="WHOM", help="a person, team, specialists or policy (default: next level)")
    to.add_argument("--level", type=int, metavar="N", help="this level of the policy, from 1")


def _page(to: ArgumentParser) -> None:
    """Without a number `--dry-run` asks what paging would do; the words are told apart when they are read."""
    for name, number, metavar, help_text in (
        ("ref", None, "INC", "INC-1, or 1; may be left out with --dry-run"),
        ("to", "+", "WHOM", "a person, specialists, team, schedule, user group or policy"),
    ):
        to.add_argument(name, nargs=number, metavar=metavar, help=help_text).required = False
    to.add_argument(
        "--dry-run", action="store_true", help="say who would be paged when, and page nobody; a service too"
    )


def _pause(to: ArgumentParser) -> None:
    to.add_argument("until", nargs="?", default="", metavar="UNTIL", help="15m (default), 1h, shift, 9:00; 12h at most")


def _answer(to: ArgumentParser) -> None:
    to.add_argument("answer", choices=("yes", "no"), metavar="yes|no")
    to.add_argument("reason", nargs="*", metavar="WHY", help="why; it stands in the timeline")
    to.add_argument("--question", type=int, metavar="N", help="which one; `show --json` has the numbers")


def _vendor(to: ArgumentParser) -> None:
    to.add_argument("vendor", metavar="VENDOR", help="as in `tocsin incident vendors INC`")
    to.add_argument("ticket", nargs="?", default="", metavar="TICKET", help="its number there, now or later")
    then = to.add_mutually_exclusive_group()
    then.add_argument("--answered", action="store_true", help="they have answered: nobody is reminded any more")
    then.add_argument("--escalated", action="store_true", help="taken further there: their promise runs anew")


def _tree(to: ArgumentParser) -> None:
    to.add_argument("answers", nargs="*", type=int, metavar="N", help="the answers so far, by number")
    to.add_argument("--do", dest="mark", metavar="MARK", help="do what they lead to; the questions print the mark")
    to.add_argument("--who", default="", metavar="WHO", help="which specialists or team, where it is asked")
    to.add_argument("--words", default="", metavar="TEXT", help="the question or the message, where it is asked")


def _plain(to: ArgumentParser) -> None:
    ref(to)
    json(to)


PAGING = (
    Command("decline", "you cannot take it: the next level is paged now", "tocsin incident decline INC-1 ill --as ana",
            acting(ref, reason)),
    Command("unack", "take an acknowledgement back: it is paged anew", "tocsin incident unack INC-1 --as ana",
            acting(ref)),
    Command("confirm", "you are still on it, so nobody is asked whether you are",
            "tocsin incident confirm INC-1 --as ana", acting(ref)),
    Command("handover", "offer what you hold to somebody, who is paged", "tocsin incident handover INC-1 bo --as ana",
            acting(ref, _handover)),
    Command("escalate", "page the next level now, or a level, a person, a team, specialists",
            "tocsin incident escalate INC-1 --level 3", acting(ref, _escalate)),
    Command("page", "call in somebody more: a person, specialists, a team, a policy",
            "tocsin incident page INC-1 bo", acting(_page)),
    Command("pause", "let the paging wait; it goes on by itself", "tocsin incident pause INC-1 30m",
            acting(ref, _pause)),
    Command("resume", "end a pause of the paging", "tocsin incident resume INC-1", acting(ref)),
    Command("stop", "stop the paging although nobody has it", "tocsin incident stop INC-1 known and harmless",
            acting(ref, reason)),
    Command("ask-manager", "page the manager on call, who decides yes or no",
            "tocsin incident ask-manager INC-1 may we fail over to Dublin?", acting(ref, text("what to decide"))),
    Command("answer", "decide what you were asked",
            "tocsin incident answer INC-1 yes the replica is in step --as dee", acting(ref, _answer)),
    Command("vendors", "whose support can be asked and how, and the cases so far",
            "tocsin incident vendors INC-1", _plain),
    Command("vendor", "how to reach a vendor's support; keeps the case and reminds",
            "tocsin incident vendor INC-1 aws CASE-7",
            acting(ref, _vendor)),
    Command("tree", "who else is needed? one question after the other, and what the answers lead to",
            "tocsin incident tree INC-1 1 2", acting(ref, _tree)),
)  # fmt: skip
