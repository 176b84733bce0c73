"""The verb that looks ahead: whom a policy would page."""

from bot.domain.core.verb import TERMINAL, Field, Verb

PREVIEW = (
    Verb("preview", "Shows who a policy would page, level by level; with --against what a new configuration changes.",
         "who", "--severity sev1 --service checkout --at 2026-12-24T18:00", about_one=False, reads=True,
         doors=TERMINAL, fields=(
             Field("policy", "default: the one that pages for --severity and --service", option="--policy",
                   metavar="P"),
             Field("at", "ISO 8601 (default: now)", option="--at", metavar="T"),
             Field("severity", "chooses the policy, the waits and the contact methods", option="--severity",
                   metavar="SEV"),
             Field("service", "the service that the incident would be about", option="--service", metavar="S"),
             Field("alert", "take severity and service from the labels of an alert", "path", option="--alert",
                   metavar="FILE"),
             Field("against", "what changes compared with this configuration", "path", option="--against",
                   metavar="OLD"),
             Field("days", "how far to look (14)", "number", option="--days", metavar="N", default=14),
             Field("config", "default: $TOCSIN_CONFIG, or tocsin.yml", "path", option="--config", metavar="FILE"),
         )),
)  # fmt: skip
