"""A role of PostgreSQL that may have six connections: six people declare at once, and six pages leave."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy.engine import make_url

from sandbox import Sandbox
from tests.conftest import _administration
from tests.stories.records import deliveries, until
from tests.stories.world import World, settings_for, start

PEOPLE = ("ana", "bo", "cy", "dee", "eve", "li")


@pytest.fixture
def limited(postgres_url: str, postgres_template: str) -> Iterator[str]:
    name, role = f"few_{uuid4().hex[:8]}", f"few_{uuid4().hex[:8]}"
    url = make_url(postgres_url).set(database=name)
    with _administration(postgres_url) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
        run(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 6")
        with _administration(url.render_as_string(hide_password=False)) as inside:
            for kind in ("TABLES", "SEQUENCES"):
                inside(f"GRANT ALL ON ALL {kind} IN SCHEMA public TO {role}")
        yield url.set(username=role).render_as_string(hide_password=False)
        run(f"DROP DATABASE {name} WITH (FORCE)")
        run(f"DROP ROLE {role}")


def test_six_connections_are_enough_for_six_declarations_at_once(sandbox: Sandbox, limited: str) -> None:
    world = start(sandbox, settings_for(sandbox, limited))
    try:
        answers, together = dict[str, bool](), threading.Barrier(len(PEOPLE))

        def declare(who: str, beside: World) -> None:
            together.wait(60)
            said = beside.do("command", user=who, channel="general", text=f"/incident sev1 Trouble of {who}")
            answers[who] = bool(said["ok"])

        threads = [threading.Thread(target=declare, args=(who, world)) for who in PEOPLE]
        for one in threads:
            one.start()
        for one in threads:
            one.join(90)
        assert answers == dict.fromkeys(PEOPLE, True)

        def paged() -> bool:
            return len({one.payload["page"] for one in deliveries(world, "page") if one.state == "sent"}) >= len(PEOPLE)

        until(paged, "a page for each")
        assert world.app.health.problems() == {}
    finally:
        world.http.close()
        world.app.stop()
