"""Every table of the service: who needs them all (migrations, a new database) imports this file."""

from database import (
    accounts,
    calendar_links,
    calendars,
    drafts,
    due_dates,
    incoming,
    leases,
    links,
    models,
    photos,
    plan_drafts,
    sought,
)  # fmt: skip

Base = models.Base

__all__ = (
    "Base", "accounts", "calendar_links", "calendars", "drafts", "due_dates", "incoming", "leases", "links", "models",
    "photos", "plan_drafts", "sought",
)  # fmt: skip
