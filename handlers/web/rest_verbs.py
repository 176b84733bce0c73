"""Every action of the REST API on an incident, by the last part of its address."""

from bot.services.incidents import lifecycle
from handlers.web.incidents.rest_verbs import (
    Commander,
    Resolve,
    Role,
    Severity,
    Status,
    Update,
    _ic,
    _note,
    _resolve,
    _role,
    _severity,
    _status,
    _update,
)
from handlers.web.paging import rest_verbs
from handlers.web.rest_verb import Nothing, Reason, Text, Verb

VERBS: dict[str, Verb] = {
    **rest_verbs.VERBS,
    "note": Verb(Text, _note),
    "update": Verb(Update, _update),
    "severity": Verb(Severity, _severity),
    "status": Verb(Status, _status),
    "ic": Verb(Commander, _ic),
    "role": Verb(Role, _role),
    "resolve": Verb(Resolve, _resolve),
    "reopen": Verb(Reason, lambda w, incident, body: lifecycle.reopen(w, incident, body.reason)),
    "close": Verb(Nothing, lambda w, incident, body: lifecycle.close(w, incident)),
    "cancel": Verb(Reason, lambda w, incident, body: lifecycle.cancel(w, incident, body.reason)),
}
