"""What is known of the members of the workspace."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from storage.models import Member


def members(session: Session, slack_ids: Sequence[str]) -> dict[str, Member]:
    if not slack_ids:
        return {}
    return {row.slack: row for row in session.exec(select(Member).where(col(Member.slack).in_(slack_ids)))}
