"""A recommendation can be worked out again from its record alone, in this year and in any later one."""

import json
from dataclasses import replace
from datetime import date

import pytest

from config.choice_file import choice_rules
from database.converter import structure
from domain.choice import Candidate, Past
from domain.choice_record import Advice, can_replay, is_reproduced, record_of, replay
from domain.deadline import Timeliness
from domain.plan import Rules
from domain.record import to_data
from tests.domain.test_choice import CELL, COMMITTEE, REGULAR

WEIGHTS = choice_rules().weights
CANDIDATES = (
    Candidate(CELL, Timeliness.LATE_ACCEPTED, Past(date(2022, 5, 3), 2), ("Chi bộ Mẫu (2024-03/tan_phu)",)),
    Candidate(COMMITTEE, Timeliness.ON_TIME),
    Candidate(REGULAR, Timeliness.ON_TIME, Past(date(2023, 5, 3))),
)


def test_replaying_a_stored_record_gives_the_same_ranking_and_the_same_advice() -> None:
    advice = record_of(CANDIDATES, WEIGHTS, Rules(min_selected=2), 2024)
    kept = structure(json.loads(json.dumps(to_data(advice))), Advice)

    assert kept == replay(kept) == advice
    assert is_reproduced(kept)
    assert kept.meetings == (1, 2)


def test_the_record_goes_by_its_own_weights_not_by_those_of_today() -> None:
    mild = replace(WEIGHTS, never_visited=500)
    before, after = (record_of(CANDIDATES, weights, Rules(), 2024) for weights in (WEIGHTS, mild))

    assert [one.meeting for one in replay(before).ranking] == [1, 2, 3]
    assert [one.meeting for one in replay(after).ranking] == [2, 1, 3]


def test_a_record_that_was_changed_by_hand_is_found() -> None:
    advice = record_of(CANDIDATES, WEIGHTS, Rules(), 2024)
    first, *others = advice.ranking

    assert not is_reproduced(replace(advice, ranking=(replace(first, points=first.points + 1), *others)))


def test_a_meeting_is_found_in_the_ranking_by_its_number() -> None:
    advice = record_of(CANDIDATES, WEIGHTS, Rules(), 2024)

    found = {number: advice.of(number) for number in (1, 2, 3, 99)}
    assert [one and one.meeting for one in found.values()] == [1, 2, 3, None]


def test_records_without_inputs_and_of_an_unknown_way_of_scoring_are_not_guessed() -> None:
    advice = record_of(CANDIDATES, WEIGHTS, Rules(), 2024)
    assert advice.inputs is not None
    later = replace(advice, inputs=replace(advice.inputs, scoring=99))
    older = replace(advice, inputs=None)

    assert not can_replay(older)
    for one in (later, older):
        with pytest.raises(ValueError, match=r"scoring|inputs"):
            replay(one)


def test_records_of_the_first_way_of_scoring_stay_replayable() -> None:
    """Whoever changes the way must keep this one beside it: these records lie in the database."""
    advice = record_of(CANDIDATES, WEIGHTS, Rules(), 2024)

    assert advice.inputs is not None
    assert advice.inputs.scoring == 1
    assert is_reproduced(replace(advice, inputs=replace(advice.inputs, scoring=1)))
