"""What `make test` leaves to `make test-all`, so that it takes minutes: a file here is not even read.

Races by the hundred, both runners, every page for every role, what is broken in every way; and files whose subject a
shorter one tells as well. Every rule of the domain, route, step and answer stays, with one walk through a browser.
"""

from pathlib import Path

_TESTS = Path(__file__).parent

SLOW = (
    "answers/incoming/test_assigning.py", "answers/incoming/test_bounces.py", "answers/incoming/test_held_against.py",
    "answers/incoming/test_proposals.py", "answers/test_guests.py", "answers/test_needed_letters.py",
    "answers/test_papers_approved.py", "answers/test_working_calendar.py",
    "apart/test_running.py",
    "archive/test_folder.py", "archive/test_year_tables.py",
    "benchmarks/",
    "chaos/",
    "cli/test_backup.py", "cli/test_contacts.py", "cli/test_deciding.py", "cli/test_doctor.py",
    "cli/test_help_words.py", "cli/test_importing.py", "cli/test_inbox.py", "cli/test_papers.py", "cli/test_plan.py",
    "cli/test_taking_up.py",
    "config/test_private_files.py", "config/test_rubric_file.py",
    "database/record/", "database/test_earlier_databases.py", "database/test_history.py", "database/test_kept_log.py",
    "database/test_kept_log_full_disk.py", "database/test_stored.py", "database/test_turns.py",
    "database/test_writers_at_once.py",
    "deployments/copies/", "deployments/pool/", "deployments/service/test_embedded.py",
    "deployments/service/test_sameness.py", "deployments/service/test_up.py", "deployments/several/",
    "deployments/test_alert.py", "deployments/test_container.py", "deployments/test_json_logs.py",
    "deployments/test_lost_calls.py", "deployments/test_proxy.py", "deployments/test_runners.py",
    "deployments/test_systemd.py", "deployments/test_two_offices.py",
    "flows/engine/test_naming.py", "flows/engine/test_parking.py", "flows/engine/test_run_cases.py",
    "flows/engine/test_taking_over.py", "flows/test_artifacts.py", "flows/test_cancelled.py",
    "flows/test_custom_run.py", "flows/test_letter_that_comes_back.py", "flows/test_mail_trouble.py",
    "flows/test_prefect_contract.py", "flows/test_read_inbox.py", "flows/test_reconcile_visits.py",
    "flows/test_step_limit.py", "flows/test_taken_twice.py", "flows/test_the_year.py",
    "inbox/test_mail_server.py", "inbox/test_reading.py",
    "letters/form/test_hostile_facts.py", "letters/form/test_libreoffice.py", "letters/form/test_pdf_file.py",
    "papers/test_issued_with_number.py", "papers/test_recipients.py", "papers/test_sample_facts.py",
    "planning/test_plan_faults.py", "planning/test_plan_file.py",
    "scans/test_office_file.py", "scans/test_picture.py", "scans/test_shown_text.py", "scans/test_signed_file.py",
    "sheets/findings/test_findings_losses.py", "sheets/findings/test_meetings_sheet.py",
    "sheets/nominations/test_form_faults.py", "sheets/nominations/test_form_round_trip.py",
    "sheets/nominations/test_nomination_form.py", "sheets/tables/test_document_file.py",
    "sheets/tables/test_package_scan.py", "sheets/tables/test_workbook_values.py",
    "simulation/",
    "tasks/asking/test_invitations.py", "tasks/asking/test_meeting_by_meeting.py", "tasks/asking/test_requesting.py",
    "tasks/asking/test_requesting_together.py", "tasks/asking/test_weekly.py", "tasks/letters/test_by_hand.py",
    "tasks/letters/test_copies.py", "tasks/letters/test_correcting.py", "tasks/letters/test_correcting_alike.py",
    "tasks/letters/test_correspondence.py", "tasks/letters/test_recipients.py", "tasks/letters/test_secrecy.py",
    "tasks/letters/test_sender_that_stands_still.py", "tasks/steps/test_step_limit.py", "tasks/test_incoming.py",
    "tasks/test_incoming_killed.py", "tasks/test_keeping_mail.py", "tasks/test_looking_ahead.py",
    "tasks/test_taken_over.py", "tasks/test_worker.py",
    "tools/",
    "web/admin/test_admin.py", "web/browser/", "web/calendar/", "web/changes/", "web/choice/", "web/connections/",
    "web/desk/test_access_by_link.py", "web/desk/test_errors.py", "web/desk/test_form_tokens.py",
    "web/desk/test_navigation.py", "web/desk/test_stand_ins.py", "web/desk/test_unsent.py",
    "web/feeds/test_calendar.py", "web/findings/", "web/health/", "web/help/", "web/incoming/", "web/letters/",
    "web/metrics/", "web/mine/", "web/news/", "web/nominations/", "web/obligations/test_year_papers.py",
    "web/papers/test_correction.py", "web/papers/test_paper_forms.py", "web/papers/test_signed.py", "web/photos/",
    "web/planning/", "web/register/", "web/remedies/", "web/reply/test_reply.py", "web/reply/test_scoring_by_link.py",
    "web/reports/", "web/scores/test_score_form.py", "web/search/", "web/setting_up/",
    "web/standing/test_letters_lead_to_forms.py", "web/summary/", "web/taking_up/", "web/test_schema.py",
    "web/test_stale_pages.py", "web/visit/test_secret_visit.py", "web/wording/", "web/year/test_year_page.py",
)  # fmt: skip
assert all((_TESTS / one).exists() for one in SLOW), "what is slow has moved"
#: One walk through a visit in a browser is always taken.
_WALK = "web/browser/test_whole_visit.py"


def is_slow(path: Path) -> bool:
    """Whether a file, or what is in it, is left out."""
    file = path.relative_to(_TESTS).as_posix()
    return file.startswith(SLOW) and file != _WALK
