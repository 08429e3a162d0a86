"""Mail servers in trouble, at every verb."""

from functools import partial

from tests.chaos.fault import ChaosFault, Struck
from tests.chaos.mail_server import VERBS, Trouble, Verb
from tests.chaos.people import until

_UNTIL_MET = 240.0


def _trouble(trouble: Trouble, struck: Struck) -> None:
    """So until some letters have met it and the service has had its answer."""
    own = Trouble(trouble.verb, trouble.how, trouble.only)
    struck.office.mail.trouble = own
    until(lambda: own.met, _UNTIL_MET, f"a letter meets {own.verb} {own.how}")
    struck.pause(*((32, 45) if own.how == "hang" else (3, 8)))
    struck.office.mail.mended()


def _refuses_connections(struck: Struck) -> None:
    struck.office.mail.ends()
    struck.pause(10, 20)
    struck.office.mail.mended()


def _shows(certificate: str, struck: Struck) -> None:
    """From one connection to the next."""
    before = sum(struck.office.mail.taken.values())
    struck.office.mail.shows(certificate)
    struck.pause(15, 25)
    after = sum(struck.office.mail.taken.values())
    struck.office.mail.mended()
    assert after == before, "nothing goes to a server that cannot say who it is"


def _half(address: str) -> bool:
    return sum(address.encode()) % 2 == 0


def _at(verb: Verb, how: str) -> ChaosFault:
    told = "keeps the text and " if verb == "taken" else ""
    place = "before its word" if verb == "taken" else f"at {verb}"
    hand = "says what became of a letter" if verb in ("text", "taken") else "none"
    done = {"hang": "hangs", "drop": "dies"}[how]
    strike = partial(_trouble, Trouble(verb, how))  # type: ignore[arg-type] # one of both
    return ChaosFault(f"the mail server {told}{done} {place}", strike, hand, is_short=(verb, how) == ("taken", "drop"))


FAULTS = (
    ChaosFault("the mail server refuses connections", _refuses_connections),
    *(_at(verb, how) for how in ("hang", "drop") for verb in VERBS),
    ChaosFault("4xx for half of the recipients", partial(_trouble, Trouble("RCPT", "later", _half))),
    ChaosFault("4xx for the text", partial(_trouble, Trouble("text", "later"))),
    ChaosFault(
        "5xx for half of the recipients", partial(_trouble, Trouble("RCPT", "never", _half)), "lets the visit go on"
    ),
    ChaosFault("5xx for the text", partial(_trouble, Trouble("text", "never")), "lets the visit go on"),
    ChaosFault("a certificate that is over, from one moment to the next", partial(_shows, "expired"), is_short=True),
    ChaosFault("a certificate of a stranger, from one moment to the next", partial(_shows, "stranger")),
)
