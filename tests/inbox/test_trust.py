"""Only the office's own server is believed when it says who a sender is."""

import pytest

from domain.incoming import Trust
from inbox.parts import parse
from inbox.trust import trust

OURS = "mx.tinhuy.example"
FROM = "From: An <an@huyenuy.example>\n\n"


def told(*results: str, sender: str = FROM) -> Trust:
    lines = "".join(f"Authentication-Results: {result}\n" for result in results)
    return trust(parse((lines + sender).encode()), OURS)


@pytest.mark.parametrize(
    "result",
    [
        f"{OURS}; dmarc=pass header.from=huyenuy.example",
        f"{OURS}; dkim=pass header.d=huyenuy.example header.s=k1; spf=none",
        f"{OURS}; dkim=pass (2048-bit key; secure) header.i=@huyenuy.example header.b=\"ab\"",
        f"{OURS} 1; spf=pass smtp.mailfrom=an@huyenuy.example",
        f"{OURS}; spf=pass (nested (comment); dmarc=fail) smtp.mailfrom=bounce.huyenuy.example",
        "MX.TinhUy.example;\n\tdkim=fail header.d=khac.example;\n\tdmarc=pass (p=NONE) header.from=huyenuy.example",
    ],
)  # fmt: skip
def test_a_pass_for_the_sender_s_own_domain_counts(result: str) -> None:
    assert told(result) == Trust.PASS


@pytest.mark.parametrize(
    "result",
    [
        f"{OURS}; dmarc=fail header.from=huyenuy.example; dkim=pass header.d=huyenuy.example",
        f"{OURS}; dkim=pass header.d=ke-gian.example",
        f"{OURS}; dkim=pass header.d=xhuyenuy.example",
        f"{OURS}; spf=pass smtp.mailfrom=ke-gian.example",
        f"{OURS}; spf=softfail smtp.mailfrom=huyenuy.example",
        f"{OURS}; dmarc=pass header.from=ke-gian.example",
        f"{OURS}; dkim=pass reason=\"header.d=huyenuy.example\" header.d=ke-gian.example",
    ],
)  # fmt: skip
def test_what_passes_for_another_domain_does_not(result: str) -> None:
    assert told(result) == Trust.FAIL


@pytest.mark.parametrize(
    "result",
    [
        'spf=pass smtp.mailfrom="x; dmarc=pass header.from=huyenuy.example"@ke-gian.example',
        'dkim=pass header.d=ke-gian.example header.i="x; dmarc=pass header.from=huyenuy.example"@ke-gian.example',
        'spf=pass smtp.mailfrom="x smtp.mailfrom=huyenuy.example "@ke-gian.example',
        'spf=pass smtp.mailfrom="x@huyenuy.example',
        'spf=pass smtp.mailfrom="a\\"; dmarc=pass header.from=huyenuy.example "@ke-gian.example',
        'spf=pass smtp.mailfrom="(" ; dmarc=none header.from="huyenuy.example" (")@huyenuy.example")',
        "spf=pass smtp.mailfrom=x/smtp.mailfrom=huyenuy.example",
        "spf=pass xsmtp.mailfrom=huyenuy.example smtp.mailfrom=ke-gian.example",
        'spf=pass smtp.mailfrom="x"@huyenuy.example',
    ],
)
def test_what_a_sender_has_written_between_quotes_proves_nothing(result: str) -> None:
    assert told(f"{OURS}; {result}") != Trust.PASS


def test_a_quoted_reason_hides_nothing_of_what_the_server_says() -> None:
    passed = f'{OURS}; dmarc=pass reason="policy; (strict)" header.from=huyenuy.example'

    assert told(passed) == Trust.PASS
    assert told(passed.replace(OURS, f'"{OURS}"')) == Trust.PASS


@pytest.mark.parametrize(
    "results",
    [
        (),
        (f"{OURS}; none",),
        ("mx.khac.example; dmarc=pass header.from=huyenuy.example",),
        (f"ke-gian.example ({OURS}); dmarc=pass header.from=huyenuy.example",),
        (f"{OURS}; dkim=temperror header.d=huyenuy.example",),
    ],
)
def test_of_whom_the_own_server_says_nothing_nothing_is_known(results: tuple[str, ...]) -> None:
    assert told(*results) == Trust.UNKNOWN


def test_a_forged_header_below_the_server_s_own_does_not_count() -> None:
    forged = f"{OURS}; dmarc=pass header.from=huyenuy.example"

    assert told(f"{OURS}; dmarc=fail header.from=huyenuy.example", forged) == Trust.FAIL


def test_of_two_senders_none_is_vouched_for() -> None:
    passed = f"{OURS}; dmarc=pass header.from=huyenuy.example"

    assert told(passed, sender="From: an@huyenuy.example\nFrom: b@ke-gian.example\n\n") == Trust.FAIL
    assert told(passed, sender="From: an@huyenuy.example <b@huyenuy.example>\n\n") == Trust.FAIL


def test_without_a_name_no_server_is_believed() -> None:
    raw = f"Authentication-Results: ; dmarc=pass header.from=huyenuy.example\n{FROM}"

    assert trust(parse(raw.encode()), "") == Trust.UNKNOWN
