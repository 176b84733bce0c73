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
