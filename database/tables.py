"""Every table of the service: who needs them all (migrations, a new database) imports this file."""

from database import accounts, calendars, drafts, due_dates, links, models, plan_drafts

Base = models.Base

__all__ = ("Base", "accounts", "calendars", "drafts", "due_dates", "links", "models", "plan_drafts")
