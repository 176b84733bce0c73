"""A database that goes away under the bot: removed, replaced, full, read-only, without connections, behind a pooler."""

import logging
import os
import shutil
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import loss
from storage.db import Database
from storage.loss import DatabaseLost, Pooled
from storage.models import Setting
from storage.upsert import put
from tests.conftest import _administration


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "tocsin.db"))


@pytest.fixture
def opened(file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{file}")
    write(database)
    yield database
    database.close()


def write(database: Database, filler: int = 10) -> None:
    with database.write() as session:
        put(session, Setting(key="x", value={"x": "y" * filler}))


def remove(file: Path) -> None:
    file.unlink()


def replace(file: Path) -> None:
    shutil.copy(file, file.with_suffix(".new"))
    file.with_suffix(".new").rename(file)


def remove_its_log(file: Path) -> None:
    Path(f"{file}-wal").unlink()


def remove_all(file: Path) -> None:
    for one in file.parent.glob("tocsin.db*"):
        one.unlink()


LOSSES: dict[str, Callable[[Path], None]] = {
    "removed": remove, "replaced": replace, "without its log": remove_its_log, "all of it removed": remove_all,
}  # fmt: skip


@pytest.mark.parametrize("case", LOSSES)
def test_a_file_that_is_not_the_one_that_was_opened_takes_nothing(
    opened: Database, file: Path, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert opened.trouble() == ""
    LOSSES[case](file)
    for _ in range(3):
        with pytest.raises(DatabaseLost):
            write(opened)
    assert "was removed or replaced" in opened.trouble()
    said = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert len(said) == 1, "once, and without a trace"
    assert not said[0].exc_info


def test_a_checkpoint_or_a_reader_of_the_file_is_no_loss(opened: Database, file: Path) -> None:
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    other = Database(f"sqlite:///{file}", exclusive=False)
    with other.read() as session:
        session.execute(text("SELECT 1"))
    other.close()
    write(opened)
    assert opened.trouble() == ""


def test_a_full_disk_is_red_with_the_reason_and_green_when_there_is_room(opened: Database) -> None:
    def limit(pages: int) -> None:
        connection = opened.engine.raw_connection()
        connection.cursor().execute(f"PRAGMA max_page_count={pages}")
        connection.close()

    opened.probe()
    limit(1)
    with opened.write() as session:
        session.execute(text("DELETE FROM setting WHERE key = 'probe'"))
    with pytest.raises(OperationalError):
        write(opened, 200_000)
    for _ in range(40):  # what is free inside of the file is used up first
        with opened.write() as session:
            put(session, Setting(key=uuid4().hex, value={"x": "y" * 4000}))
        if opened.trouble():
            break
    limit(1_000_000)
    assert opened.trouble() == ""


def test_the_probe_writes(opened: Database, file: Path) -> None:
    before = Path(f"{file}-wal").stat().st_size
    opened.probe()
    assert Path(f"{file}-wal").stat().st_size > before


def test_little_room_on_the_disk_is_said_before_it_is_none(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1024 * 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert opened.trouble() == "its disk is nearly full, 1024 KiB are left: make room on it"


def test_a_folder_that_cannot_be_written_to_is_said(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = opened.engine.raw_connection()
    connection.cursor().execute("PRAGMA query_only=ON")
    connection.close()
    assert "cannot be written to" in opened.trouble()


@pytest.fixture
def server(postgres_url: str, postgres_template: str) -> Iterator[str]:
    name = f"lost_{uuid4().hex[:8]}"
    with _administration(postgres_url) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
        yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
        run(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_server_that_became_read_only_is_left_and_another_connection_is_made(server: str) -> None:
    database = Database(server)
    held = [database.engine.connect() for _ in range(4)]
    for one in held:  # as after a failover: these lead to the former server
        one.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
        one.commit()
        one.close()
    with pytest.raises(DBAPIError) as refused:
        write(database)
    assert "read-only" in loss.reason(refused.value)
    for _ in range(4):
        write(database)
    assert database.trouble() == ""
    database.close()


def test_a_server_that_is_read_only_is_not_connected_to(server: str, caplog: pytest.LogCaptureFixture) -> None:
    name = make_url(server).database
    with _administration(server) as run:
        run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    database = Database(server)
    for _ in range(3):
        with pytest.raises(DBAPIError):
            write(database)
    assert "read-only" in database.trouble()
    assert len([one for one in caplog.records if one.levelno >= logging.ERROR]) == 1
    with _administration(server) as run:
        run("SET default_transaction_read_only = off")
        run(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    write(database)
    assert database.trouble() == ""
    database.close()


def test_more_threads_than_connections_wait_for_each_other(server: str) -> None:
    """A role that is limited to three; twelve want to write at once."""
    role = f"few_{uuid4().hex[:8]}"
    with _administration(server) as run:
        run(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 3")
        run(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
    database = Database(make_url(server).set(username=role).render_as_string(hide_password=False))
    done, together = [], threading.Barrier(12)

    def work(n: int) -> None:
        together.wait(60)
        with database.write() as session:
            put(session, Setting(key=f"n{n}", value=n))
            session.execute(text("SELECT pg_sleep(0.05)"))
        done.append(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    database.close()
    with _administration(server) as run:
        run(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        run(f"DROP ROLE {role}")
    assert sorted(done) == list(range(12))


def pooler(says: bytes) -> tuple[int, threading.Thread]:
    """Speaks PostgreSQL's protocol as far as a refusal of how the connection begins."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with listening:
            for _ in range(4):
                line, _ = listening.accept()
                with line:
                    length, code = struct.unpack("!II", line.recv(8))
                    line.recv(length - 8)
                    if code in (80877103, 80877104):  # is it encrypted? no
                        line.sendall(b"N")
                        (length,) = struct.unpack("!I", line.recv(4))
                        line.recv(length - 4)
                    body = b"SFATAL\0VFATAL\0C08P01\0M" + says + b"\0\0"
                    line.sendall(b"E" + struct.pack("!I", len(body) + 4) + body)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    return int(listening.getsockname()[1]), thread


def test_a_pooler_that_refuses_our_settings_is_named_with_what_to_do() -> None:
    port, _ = pooler(b"unsupported startup parameter: options")
    database = Database(f"postgresql+psycopg://u@127.0.0.1:{port}/d?sslmode=disable&gssencmode=disable")
    with pytest.raises(Pooled, match="address of the server itself"):
        database.require_direct()
    database.close()


def test_a_pooler_that_swallows_our_settings_is_named_too(server: str) -> None:
    database = Database(server)
    database.require_direct()
    with _administration(server) as run:
        run("ALTER SYSTEM SET lock_timeout = 0")
    database.close()
    through = Database(server)
    through.engine.dialect.connect = _without_options(through.engine.dialect.connect)  # type: ignore[method-assign]
    with pytest.raises(Pooled, match="pgbouncer"):
        through.require_direct()
    through.close()


def _without_options(connect: Callable[..., object]) -> Callable[..., object]:
    def swallowing(*args: object, **named: object) -> object:
        named.pop("options", None)
        return connect(*args, **named)

    return swallowing


def test_what_is_about_one_statement_is_no_loss() -> None:
    class Deadlock(Exception):
        sqlstate = "40P01"

    assert loss.reason(OperationalError("x", None, Deadlock("deadlock detected"))) == ""
    assert loss.reason(ValueError("x")) == ""
    assert loss.reason(OperationalError("x", None, Exception("database or disk is full"))).startswith(
        "the disk is full"
    )
    assert os.sep in str(DatabaseLost(Path("/x/tocsin.db")))
