"""One restore at work: what it goes by, where it goes, and what it has found so far (0043)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from config.settings import Settings
from deployments.copies import server
from deployments.copies.letters_since import Since
from deployments.copies.manifest import Manifest
from deployments.copies.package import Package
from domain.problem import Problem


@dataclass
class PuttingBack:
    """One restore at work: what it goes by, and what it has found so far."""

    of: Settings
    copy: Package
    now: datetime
    by: str  #: who puts it back; stands in the record
    over: bool = False
    passphrase: str = ""
    mailboxes: Sequence[Path] = ()
    upgrade: bool = False  #: the same home under a newer program: migrated, and nothing has happened since
    secrets: dict[str, str] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    old_tables: str = ""  #: the schema in which a server keeps those that were replaced; empty where there were none
    since: Since = field(default_factory=lambda: Since((), 0, ()))

    @property
    def manifest(self) -> Manifest:
        """What the copy says of itself."""
        return self.copy.manifest

    @property
    def home(self) -> Path:
        """Where it goes; absolute, with no link in its way."""
        return self.of.folder.absolute().resolve()

    @property
    def staged(self) -> Path:
        """Beside it: what is laid out before, and what was there after."""
        return self.home.with_name(f".{self.home.name}.putting-back")

    @property
    def on_server(self) -> bool:
        """Whether our database is kept by a PostgreSQL server here, wherever the copy was taken."""
        return server.is_on_server(self.of)

    @property
    def in_file(self) -> Settings:
        """The settings by which the files that are laid out are looked at."""
        return self.of.model_copy(update={"home": self.staged, "database_url": SecretStr("")})

    @property
    def there(self) -> Settings:
        """The settings by which the database that is laid out is looked at: the same, or in the schema beside."""
        if not self.on_server:
            return self.in_file
        beside = SecretStr(server.beside(self.of.database))
        return self.of.model_copy(update={"home": self.staged, "database_url": beside})
