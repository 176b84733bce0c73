"""Sections whose shape is kept until a capability reads them: they may stand in the file, and nothing acts on them yet.

The file that declares a section of the same key takes it over; what is written here gives way then.
"""

from bot.catalog.section import Section
from bot.catalog.value import Plain

Entries = dict[str, Plain]
Rows = tuple[Plain, ...]

ALERTS = (
    Section("sources", Entries, reserved="Monitoring systems that send alerts."),
    Section("heartbeats", Entries, reserved="Signals whose absence is an alert."),
    Section("alert_routes", Plain, reserved="What an alert leads to, by its severity."),
    Section("routes", Rows, reserved="Where an alert goes, by its labels."),
)
COMMUNICATION = (
    Section("stakeholders", Rows, reserved="Who has to know of an incident, what, where and how often."),
    Section("status_page", Plain, reserved="The public page."),
)
OBJECTIVES = (
    Section("slos", Entries, reserved="Objectives of services."),
    Section("slo", Plain, reserved="Windows, burn rates and budget bands of all objectives."),
    Section("slas", Entries, reserved="Agreements with customers."),
    Section("sla", Plain, reserved="Plans, credits and exclusions of all agreements."),
    Section("dr_objectives", Entries, reserved="How fast and how completely services come back after a disaster."),
    Section("targets", Plain, reserved="What the metrics are compared with."),
)
OPERATIONS = (
    Section("runbooks", Entries, reserved="What to do about a known kind of trouble."),
    Section("api", Plain, reserved="What programs may do."),
    Section("audit", Plain, reserved="How long the journal is kept."),
)
