"""Four months of 2024 on the live service, under a moved clock: the letters are those of the rehearsal (design §6)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from config.settings import ROOT
from database import visits
from database.engine import reading
from database.models import ReminderRow, VisitRow
from domain.dates import OFFICE_ZONE, at
from domain.plan import Contacts, Plan
from letters.mailbox import LocalMailbox
from rehearsal.run import load
from tests.deployments.conftest import service_with
from tests.live.months import BACK, END, FIRSTS, OFF, SLOW, START, Post, RehearsedMonths, post_of, script
from tests.live.moved_clock import MovedClock
from tests.live.people import Browsers
from tests.live.play import OPENING, LivePlay
from tests.live.service import Live, live

#: When somebody sets the service's clock back by an hour: a reminder has just gone out, and the trigger has just fired.
SET_BACK = (at(date(2024, 2, 23), 7, 1), at(date(2024, 3, 1), 8, 2))


@pytest.mark.year
def test_four_live_months_send_the_letters_of_their_rehearsal_each_once(
    tmp_path: Path, shipped: tuple[Plan, Contacts]
) -> None:
    """The trigger on the first at 08:00, Tết, three reminders, a week switched off over a first, a clock set back."""
    clock = MovedClock(tmp_path / "clock", START)
    rehearsed = rehearse(tmp_path / "rehearsed", shipped)
    begun = time.monotonic()
    with outside(tmp_path / "outside") as (inbox, port), live(tmp_path / "live", **settings(clock, port)) as office:
        hands, moments = play(office, clock, inbox)
        lived = post_of(office.settings, inbox)
        assert_the_months_were_lived(office, hands)
    seconds = time.monotonic() - begun
    print(
        f"\n{START:%d/%m/%Y} – {END:%d/%m/%Y}: {len(lived.arrived)} letters, lost {len(lived.lost)}, twice "
        f"{len(lived.twice)}; {moments} jumps, {len(hands.by_link)} answers by link, {hands.signed_in} sign-ins, "
        f"{seconds:.0f} s"
    )
    assert (lived.states, lived.lost, lived.twice) == (rehearsed.states, [], [])
    assert lived.arrived == rehearsed.arrived


def rehearse(home: Path, shipped: tuple[Plan, Contacts]) -> Post:
    """The same months, people and mail server, as `visits rehearse` plays them."""
    with service_with("warm", home, numbers_itself=False) as service:
        load(service.settings, *shipped, script())
        RehearsedMonths(script(), lambda _progress: service.watch()).to_the_end()
        post = post_of(service.settings, service.settings.mailbox)
    assert (post.lost, post.twice) == ([], [])
    assert len(post.arrived) > 60
    return post


@contextmanager
def outside(folder: Path) -> Iterator[tuple[Path, int]]:
    """The province's mail server: where letters arrive, and its port."""
    mailbox = LocalMailbox(folder / "inbox")
    mailbox.start()
    try:
        yield mailbox.folder, mailbox.port
    finally:
        mailbox.stop()


def settings(clock: MovedClock, port: int) -> dict[str, str]:
    """A live office with a mail server, not in safe mode; what takes minutes takes seconds where no letter differs."""
    return {
        **clock.environment,
        "VISITS_SMTP__HOST": "127.0.0.1", "VISITS_SMTP__PORT": f"{port}", "VISITS_SMTP__SECURITY": "none",
        "VISITS_DELIVERY__RETRIES": "1", "VISITS_DELIVERY__RETRY_SECONDS": "0.3",
        "VISITS_RECONCILE_MINUTES": "30",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
    }  # fmt: skip


def play(office: Live, clock: MovedClock, inbox: Path) -> tuple[Browsers, int]:
    """Load the plan, start the service, and live through the months; gives the people and how often time jumped."""
    office.environment["VISITS_PUBLIC_URL"] = office.settings.desk_url
    office.visits("plan", "load", f"{ROOT / 'config' / 'plans' / '2024.yaml'}")
    hands = Browsers(office, inbox, script().people)
    office.start()
    hands.get_accounts()
    play = LivePlay(office, clock, script(), hands)
    for moment in SET_BACK:
        play.until(moment)
        set_back(play, clock, inbox)
    play.until(OFF)
    office.stop()
    clock.set(BACK)
    office.start()
    play.until(END)
    hands.close()
    return hands, len(play.moments)


def set_back(play: LivePlay, clock: MovedClock, inbox: Path) -> None:
    """An hour passes a second time; nothing that was done in it is done again, and nothing waits for ever."""
    play.wait_until_quiet()
    before = sorted(file.name for file in inbox.glob("*.eml"))
    again = clock.now()
    clock.set(again - timedelta(hours=1))
    time.sleep(5)
    clock.set(again)
    time.sleep(3)
    play.wait_until_quiet()
    assert sorted(file.name for file in inbox.glob("*.eml")) == before


def assert_the_months_were_lived(office: Live, hands: Browsers) -> None:
    """What the letters alone do not tell: the trigger fired by its schedule, three reminders, answers by link."""
    with reading(office.settings.database) as session:
        opened = {row.key: row.opened_at for row in session.scalars(select(VisitRow)) if row.opened_at}
        slow = visits.find(session, SLOW)
        reminders = session.scalars(select(ReminderRow).where(ReminderRow.visit_id == slow.id)).all()
    assert len([one for one in reminders if one.about == "nominations"]) == 3
    fired = {
        datetime.fromisoformat(run["expected_start_time"]).astimezone(OFFICE_ZONE)
        for run in office.runs(OPENING)
        if run["auto_scheduled"] and run["state_type"] == "COMPLETED"
    }
    for first, key in FIRSTS.items():
        assert at(first, 8) <= opened[key] < at(first, 8, 1), key
        assert at(first, 8) in fired
    assert opened["2024-06/cao_su_dong_nai"].date() == BACK.date()
    assert {"2024-02/nhon_trach host", "2024-02/nhon_trach inspector:1"} <= set(hands.by_link)
