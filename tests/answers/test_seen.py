"""What has come since somebody looked is told by what it was: what was there already is no news."""

import pytest

from answers.links import renew, revoke
from answers.seen import LINKS, Seen, refuse_overtaken, token_of
from config.settings import settings
from database import links
from database.engine import reading
from domain.problem import Overtaken
from tests.desk import Desk
from tests.may import LEADER, OFFICER

GROUP = "findings", "inspector:1"


def news(desk: Desk, token: str) -> str:
    with pytest.raises(Overtaken) as refused:
        refuse_overtaken(desk.dossier(), Seen(token, LINKS))
    return str(refused.value)


def newest(desk: Desk) -> int:
    with reading(settings().database) as session:
        return links.of_visit(session, desk.visit.id)[0].id


def test_where_a_link_was_only_taken_back_no_other_is_said_to_be_made(desk: Desk) -> None:
    desk.until_listed()
    renew(desk.key, "nominations", "host", OFFICER)
    seen = token_of(desk.dossier())

    revoke(desk.key, newest(desk), LEADER)

    told = news(desk, seen)
    assert f"{LEADER.name} thu hồi liên kết" in told
    assert "cấp liên kết" not in told


def test_what_was_taken_back_before_is_not_told_with_a_new_link(desk: Desk) -> None:
    desk.until_listed()
    renew(desk.key, "nominations", "host", OFFICER)
    revoke(desk.key, newest(desk), LEADER)
    seen = token_of(desk.dossier())

    renew(desk.key, *GROUP, OFFICER)

    told = news(desk, seen)
    assert told.count("cấp liên kết") == 1
    assert "thu hồi" not in told


def test_a_new_link_in_the_place_of_another_is_one_piece_of_news(desk: Desk) -> None:
    desk.until_listed()
    renew(desk.key, *GROUP, OFFICER)
    seen = token_of(desk.dossier())

    renew(desk.key, *GROUP, LEADER)

    told = news(desk, seen)
    assert f"{LEADER.name} cấp liên kết" in told
    assert "thu hồi" not in told


def test_a_link_that_came_and_went_since_is_told_as_both(desk: Desk) -> None:
    desk.until_listed()
    seen = token_of(desk.dossier())
    renew(desk.key, *GROUP, OFFICER)
    revoke(desk.key, newest(desk), LEADER)

    told = news(desk, seen)

    assert f"{OFFICER.name} cấp liên kết" in told
    assert f"{LEADER.name} thu hồi liên kết" in told


@pytest.mark.parametrize("links_then", ["...", "1.", f"{'9' * 5000}.0"])
def test_a_token_that_says_nothing_of_links_is_refused_and_breaks_nothing(desk: Desk, links_then: str) -> None:
    desk.until_listed()
    token = token_of(desk.dossier()).rpartition("-")[0] + f"-{links_then}"

    assert "không rõ đã xem những gì" in news(desk, token)
