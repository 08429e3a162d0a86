"""What an office may set about one matter each: mail, reminders, numbers, sending, the desk, planning, copies.

`config.settings` reads them from the environment (`VISITS_SMTP__HOST`).
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr


class Smtp(BaseModel):
    """The office's mail server. Without a host nothing leaves this machine (safe mode)."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None  #: or a file that holds it (`config.secret`)
    security: Literal["none", "starttls", "ssl"] = "starttls"


class Ladders(BaseModel):
    """Days of the reminders relative to the due date, and the due dates the plan does not give (A15)."""

    nominations: tuple[int, ...] = (-14, -7, -2, 1, 5, 10, 20)
    staff: tuple[int, ...] = (0, 3, 7, 14, 28)
    findings: tuple[int, ...] = (0, 2, 5, 10, 20)
    incomplete: tuple[int, ...] = (0, 3, 7, 14)
    self_report: tuple[int, ...] = (-30, -14, -7, -1, 0, 1, 3, 7)
    remedies: tuple[int, ...] = (-7, 0, 3, 10, 30)
    self_report_request: int = 45  #: days before the date of the reports at which they are asked for (R67, D12)
    review_within: int = 5  #: working days after a report has come
    send_again_within: int = 5  #: working days a unit has to send a returned report again
    summary_within: int = 7  #: working days after the reports are due (A15: D14 by the end of the year)
    answer_within: int = 10  #: working days a host has at least, whatever the plan leaves it (A5)
    choose_within: int = 5  #: working days after the nominations
    issue_within: int = 3  #: working days after the draft
    findings_within: int = 3  #: working days after the meeting
    approve_within: int = 5  #: working days after the draft


class Numbering(BaseModel):
    """For which types of documents the service takes numbers by itself, from blocks that the clerk has set aside (F22).

    Without a type here every number is given by the clerk (F23). Notices, reports and plans are never numbered so:
    only what people need not approve one by one, the công văn that ask (`CV`: D1, D12) and the invitations (`GM`: D6).
    """

    from_blocks: tuple[Literal["CV", "GM"], ...] = ()


class Delivery(BaseModel):
    """How long a mail server that is down is tried before a person is asked (design §3)."""

    retries: int = 2  #: at once, inside the task
    retry_seconds: float = 5
    park_minutes: tuple[int, ...] = (5, 15, 30, 60)  #: the last one repeats
    give_up_hours: int = 24
    uncertain: Literal["ask", "resend"] = "ask"


class Desk(BaseModel):
    """How long one stays signed in at the desk, and how often one may try (design §8)."""

    idle_minutes: int = Field(default=30, ge=1)  #: nothing asked for so long: sign in again
    session_hours: int = Field(default=12, ge=1)  #: after so long in any case
    attempts: int = Field(default=5, ge=1)  #: wrong passwords for one login from one address
    attempt_minutes: int = Field(default=15, ge=1)  #: … within so long
    upload_megabytes: int = Field(default=21, ge=1)


class Connections(BaseModel):
    """How long the desk waits for a caller, and how many may be connected at once (0025)."""

    head_seconds: float = Field(default=10, gt=0)  #: for the handshake of TLS, and for the headers of each request
    body_seconds: float = Field(default=30, gt=0)  #: for a body, beside the time that its bytes take …
    body_rate: int = Field(default=8192, gt=0)  #: … at so many bytes a second
    idle_seconds: int = Field(default=5, gt=0)  #: until the next request of the same browser
    unread_seconds: float = Field(default=60, gt=0)  #: for an answer of which nothing is read
    at_once: int = Field(default=500, ge=10)  #: open connections of all; each needs one of the process's open files
    at_once_per_address: int = Field(default=100, ge=1)  #: of one address; whole offices come from one


class Planning(BaseModel):
    """What `visits plan check` goes by before a year starts; none of it stands in a plan (A15, C2, C10)."""

    usual_meeting_days: tuple[int, ...] = (3, 4, 5)  #: of the month, for units that name none of their own
    max_hosts_per_month: int = Field(default=3, ge=1)
    notice_days: int = Field(default=10, ge=0)  #: days between the notice and the meeting
    invitation_days: int = Field(default=5, ge=0)  #: working days between the invitations and the meeting
    open_late_days: int = Field(default=14, ge=0)  #: so late a visit still opens by itself; later a person is asked


class Copies(BaseModel):
    """Copies of everything, for the day on which the machine is lost (`visits backup`, 0043)."""

    folder: Path | None = None  #: where they go and where the doctor looks; another disk than the service's
    days: float = Field(default=2, gt=0)  #: the doctor says so when the newest is older
    passphrase: SecretStr = SecretStr("")  #: closes the secrets in a copy; without one it is asked for
    passphrase_file: Path | None = None  #: or a file that holds it (`config.secret`)


class Inbox(BaseModel):
    """The office's inbox (IMAP), in which answers, bounces and absences come back. Without a host it is not read."""

    host: str = ""
    port: int = 993
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None  #: or a file that holds it (`config.secret`)
    security: Literal["none", "starttls", "ssl"] = "ssl"  #: the certificate is always verified
    folder: str = "INBOX"  #: a folder of its own: what is read here is all taken for mail about this work
    done_folder: str = ""  #: where messages are moved once they are rows; empty: they stay as they are, unmarked
    minutes: float = Field(default=5, gt=0)  #: so often it is looked at
    address: str = ""  #: to which people reply, where it is not the sender's own
    tagged: bool = False  #: the server takes `name+tag@…`: each letter gets a signed tag in its `Reply-To`
    #: the name that the office's own server gives itself in `Authentication-Results`; without it none is believed
    authenticated_by: str = ""
    take_at_once: bool = False  #: a clear list from the host's own address, vouched for by that server, counts at once
    megabytes: int = Field(default=25, ge=1)  #: larger messages stay in the inbox and are only named
