"""Stand-ins for the services beyond Slack: a mailbox, PagerDuty, Opsgenie, a phone company, a webhook's receiver."""
