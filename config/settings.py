"""The one place that reads the environment: where things are, and what an office may set."""

import json
import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config import mail_server_file
from config.listening import LOOPBACK, called_here, host_and_port, is_loopback
from config.setting_groups import Connections, Copies, Delivery, Desk, Inbox, Ladders, Numbering, Planning, Smtp

__all__ = (
    "PLACE", "ROOT", "Connections", "Copies", "Delivery", "Desk", "Inbox", "Ladders", "Numbering", "Planning",
    "Settings", "Smtp", "for_rehearsal", "settings", "use",
)  # fmt: skip

#: Where the code is, and everything that comes with it.
ROOT = Path(__file__).resolve().parent.parent


def _place() -> Path:
    """Where an office's own files are by default: beside the code in a checkout, else in the user's own folder."""
    if (ROOT / "pyproject.toml").exists():
        return ROOT
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "party-visits"


PLACE = _place()


def _listed(given: object) -> object:
    """A list from the environment, as JSON or with commas; what is no list is one place that nobody can read."""
    if not isinstance(given, str):
        return given
    try:
        return tuple(str(one) for one in json.loads(given))
    except (ValueError, TypeError):
        return tuple(part.strip() for part in given.split(",") if part.strip())


Proxies = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """Everything that may differ between two installations. Names in the environment: `VISITS_SMTP__HOST`."""

    model_config = SettingsConfigDict(
        env_prefix="VISITS_",
        env_nested_delimiter="__",
        env_file=(PLACE / "local" / "visits.env",),
        env_file_encoding="utf-8",
        extra="ignore",
        populate_by_name=True,
    )

    mode: Literal["live", "rehearsal"] = "live"
    home: Path | None = Field(default=None, description="where everything of this mode is kept")
    database_url: SecretStr = SecretStr("")  #: PostgreSQL; it may hold a password, which is shown nowhere
    prefect_database_url: SecretStr = Field(  #: PostgreSQL for Prefect's server; without it SQLite in the home
        default=SecretStr(""),
        validation_alias=AliasChoices("VISITS_PREFECT_DATABASE_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"),
    )
    prefect_api_url: str = ""  #: of a Prefect server on another machine, such as `http://prefect:4200/api`
    prefect_bind: str = ""  #: where Prefect's server listens, as `host:port`; the next two say the same apart
    prefect_host: str = LOOPBACK
    prefect_port: int = 4200
    mailbox_bind: str = ""  #: where the local mailbox listens, as `host:port`; the next two say the same apart
    mailbox_host: str = LOOPBACK
    mailbox_port: int = 8025
    mailbox_address: str = ""  #: where this machine finds the mailbox of another one, as `host:port`
    private_network: bool = False  #: the machines of the service have a network of their own, on which nobody listens
    smtp: Smtp = Smtp()
    inbox: Inbox = Inbox()
    secret_metrics: SecretStr = SecretStr("")  #: lets a monitor on another machine read `/metrics`
    secret_metrics_file: Path | None = None
    secret_desk: SecretStr = SecretStr("")  #: this one and the next seven: secrets from outside (`config.secret`)
    secret_desk_file: Path | None = None
    secret_links: SecretStr = SecretStr("")
    secret_links_file: Path | None = None
    secret_prefect: SecretStr = SecretStr("")
    secret_prefect_file: Path | None = None
    secret_record: SecretStr = SecretStr("")
    secret_record_file: Path | None = None
    secret_file: Path | None = None  #: one file with all of them, the same on every machine
    secrets_dir: Path | None = None  #: a folder of files `visits-links` and so on, as containers have it
    credentials_directory: Path | None = Field(default=None, validation_alias="CREDENTIALS_DIRECTORY")  #: systemd's
    log_format: Literal["text", "json"] = "text"  #: of the logs of the parts: lines for people, or JSON
    alert_url: SecretStr = SecretStr("")  #: who is told of failed runs; empty: nobody, nothing goes out but mail
    alert_kind: Literal["webhook", "teams", "slack"] = "webhook"  #: what listens at that address
    hold_letters: bool = False  #: hold every letter although a mail server is set: after a restore, for a look
    ladders: Ladders = Ladders()
    delivery: Delivery = Delivery()
    numbering: Numbering = Numbering()
    wake_hour: int = Field(default=7, ge=0, le=23, description="hour of the day at which a waiting visit looks again")
    runner: Literal["warm", "process", "pool"] = "warm"  #: processes that stay, one for each run, or workers of a pool
    work_pool: str = "party-visits"  #: Prefect's work pool through which runs go with the third
    redis_url: SecretStr = SecretStr("")  #: what passes between several servers of Prefect; they need both
    redis_password_file: Path | None = None
    poll_seconds: float = 0.5
    reconcile_minutes: float = Field(default=5, gt=0)  #: so often lost runs are looked for; a fraction is seconds
    pending_seconds: int = 120  #: a run that stays `Pending` longer was lost on its way
    starting_seconds: int = 20  #: a run needs so long at most from `Running` to its visit
    overdue_minutes: int = 10  #: a run that is due so long and was not taken is called again, and shown
    lease_seconds: float = Field(default=40, ge=2)  #: so long a process that says nothing counts as at work (0046)
    parallel_runs: int = 4
    runs_per_process: int = 500  #: so many runs a warm process does before a fresh one takes its place
    step_seconds: int = 30  #: a step that takes longer has hung; others wait for the database meanwhile, 60 s at most
    start_seconds: float = 300  #: a part of the service that has not come up by then, on a busy machine, has hung
    restart_pauses: tuple[float, ...] = (1, 2, 5, 15, 30, 60)  #: seconds before each next try; the last one repeats
    postman_seconds: int = 1800  #: so long one round of letters may take; each connection has its own, shorter limits
    templates: Path | None = None  #: the office's own wording, file by file
    office_calendar: Path | None = ROOT / "config" / "calendars" / "office.yaml"  #: seeds the first version
    choice_rules: Path | None = ROOT / "config" / "choice.yaml"  #: weights of a recommendation, years of coverage
    rubrics: Path = ROOT / "config" / "rubrics"  #: the score sheets one may score by; an office names its own folder
    structures: Path | None = None  #: the office's own profiles of the Party's levels, before `config/structures`
    score_of_group: Literal["mean", "head"] = "mean"  #: several sheets: their mean, or the head of the group decides
    #: certificates to which signatures of signed sheets must lead; whole, because the process that reads runs elsewhere
    trusted_signers: Annotated[Path, AfterValidator(Path.absolute)] | None = None
    commands_in_letters: bool = True  #: letters to staff end with the command that does the same as their form
    mail_domain: str = "visits.example"
    public_url: str = ""  #: where hosts and inspectors reach the desk from outside; without it letters carry no link
    link_days: int = Field(default=60, ge=1)  #: an inspector's link holds so long after the last meeting
    #: the mark of whatever is known of units whose plan says `restricted`; none: what a document bears decides (A20)
    restricted_mark: Literal["", "MẬT", "TỐI MẬT", "TUYỆT MẬT"] = ""
    four_eyes: bool = True  #: a leader may not approve the findings that he entered himself
    desk_bind: str = ""  #: where the desk listens, as `host:port`; the next two say the same apart
    desk_host: str = LOOPBACK
    desk_port: int = 8080
    desk_public_host: str = ""  #: the name by which browsers call the desk when it is not this machine's own
    desk_tls_cert: Path | None = None
    desk_tls_key: Path | None = None
    desk_behind_proxy: bool = False  #: a proxy in front speaks TLS and says who calls (`X-Forwarded-For`)
    desk_trusted_proxies: Proxies = Field(  #: addresses and networks of the proxies whose word about that counts
        default=("127.0.0.1", "::1"),
        # The second one is what releases up to 0.2.0 went by.
        validation_alias=AliasChoices("VISITS_DESK_TRUSTED_PROXIES", "FORWARDED_ALLOW_IPS"),
    )
    desk: Desk = Desk()
    connections: Connections = Connections()
    planning: Planning = Planning()
    copies: Copies = Copies()

    @model_validator(mode="after")
    def _binds(self) -> Self:
        for part in ("prefect", "mailbox", "desk"):
            if bind := getattr(self, f"{part}_bind"):
                host, port = host_and_port(f"VISITS_{part.upper()}_BIND", bind)
                setattr(self, f"{part}_host", host)
                setattr(self, f"{part}_port", port)
        return self

    @property
    def folder(self) -> Path:
        """Where this mode keeps its files: `var/live` or `var/rehearsal`, in a checkout or in the user's own folder."""
        return self.home or PLACE / "var" / self.mode

    @property
    def database(self) -> str:
        """The address of the database; SQLite in `folder` unless set."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.folder / 'visits.db'}"

    @property
    def mailbox(self) -> Path:
        """Where the local mailbox keeps its letters."""
        return self.folder / "mailbox"

    @property
    def prefect_url(self) -> str:
        """The address of the Prefect server's pages; its API is below `/api`."""
        if self.prefect_api_url:
            return self.prefect_api_url.rstrip("/").removesuffix("/api")
        return self.own_prefect_url

    @property
    def own_prefect_url(self) -> str:
        """The address at which this machine finds the server that it runs itself."""
        return f"http://{called_here(self.prefect_host)}:{self.prefect_port}"

    @property
    def mailbox_at(self) -> tuple[str, int]:
        """Host and port at which letters are handed to the local mailbox."""
        if self.mailbox_address:
            return host_and_port("VISITS_MAILBOX_ADDRESS", self.mailbox_address)
        return called_here(self.mailbox_host).strip("[]"), self.mailbox_port

    @property
    def desk_is_encrypted(self) -> bool:
        """Whether browsers reach the desk by https only: cookies are marked `Secure`, HSTS is sent."""
        return bool(self.desk_tls_cert and self.desk_tls_key) or self.desk_behind_proxy

    @property
    def desk_url(self) -> str:
        """The address of the desk as staff type it."""
        if self.desk_public_host:
            return f"{'https' if self.desk_is_encrypted else 'http'}://{self.desk_public_host}"
        scheme = "https" if self.desk_tls_cert and self.desk_tls_key else "http"
        return f"{scheme}://{self.desk_host}:{self.desk_port}"

    @property
    def links_from(self) -> str:
        """What the links in letters begin with; empty when letters carry none. A rehearsal's lead to its own desk."""
        return self.public_url.rstrip("/") or (self.desk_url if self.mode == "rehearsal" else "")

    @property
    def safe(self) -> bool:
        """Whether every letter is held back from the world: until a mail server is set, or on request (design §5)."""
        return self.mode == "live" and (self.hold_letters or not self.smtp.host)


_in_use: list[Settings] = []


#: The settings with the mail server of the desk, and the moment of the file that they were made of.
_with_mail: list[tuple[Settings, int, Settings]] = []


def settings() -> Settings:
    """The settings of this process, read once; a mail server that is set at the desk counts without a new start."""
    if not _in_use:
        _in_use.append(_without_mail_of_others(Settings()))
    of = _in_use[0]
    return of if of.mode == "rehearsal" or of.smtp.host else _mail_of(of)


def _without_mail_of_others(of: Settings) -> Settings:
    """A rehearsal reads no inbox on another machine, whoever starts it beside an office that has set one."""
    elsewhere = of.inbox.host and not is_loopback(of.inbox.host)
    return of.model_copy(update={"inbox": Inbox()}) if of.mode == "rehearsal" and elsewhere else of


def _mail_of(of: Settings) -> Settings:
    try:
        changed = mail_server_file.file_of(of).stat().st_mtime_ns
    except OSError:
        return of
    if not (_with_mail and _with_mail[0][0] is of and _with_mail[0][1] == changed):
        smtp = Smtp(**mail_server_file.kept(of))
        _with_mail[:] = [(of, changed, of.model_copy(update={"smtp": smtp}))]
    return _with_mail[0][2]


def use(chosen: Settings) -> Settings:
    """Let this process go by other settings: a rehearsal's, or a test's."""
    _in_use[:] = [chosen]
    return chosen


def for_rehearsal(home: Path | None = None) -> Settings:
    """This installation's settings turned into a rehearsal's: own folder, own database, quick retries (design §6)."""
    base = Settings(mode="rehearsal", home=home)
    quick = base.delivery.model_copy(update={"retry_seconds": 0.3, "retries": 1})
    # Everybody knows the passwords of a rehearsal: its desk is open on this machine only, wherever the live one is.
    here = {"desk_public_host": "", "desk_behind_proxy": False, "prefect_api_url": "", "mailbox_address": ""}
    here |= {f"{part}_host": LOOPBACK for part in ("desk", "prefect", "mailbox")}
    here |= {f"{part}_bind": "" for part in ("desk", "prefect", "mailbox")}
    seconds = {"pending_seconds": 15, "starting_seconds": 6, "restart_pauses": (0.2, 1)}
    # A rehearsal has no workers of a pool, which an office starts by itself.
    runner = {"runner": "warm"} if base.runner == "pool" else {}
    # The office's own mail is read by the live service alone.
    return base.model_copy(update={"inbox": Inbox(), "delivery": quick, **seconds, **here, **runner})
