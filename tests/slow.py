"""What `make test` leaves to `make test-all`, so that it takes minutes: a file here is not even read.

Races by the hundred, both runners, every page for every role, what is broken in every way; and files whose subject a
shorter one tells as well. Every rule of the domain, route, step and answer stays, with one walk through a browser.
"""

from pathlib import Path

_TESTS = Path(__file__).parent

SLOW = (
    "answers/incoming/test_assigning.py", "answers/incoming/test_proposals.py", "answers/test_guests.py",
    "answers/test_papers_approved.py",
    "apart/test_running.py",
    "archive/test_folder.py", "archive/test_year_tables.py",
    "benchmarks/",
    "chaos/",
    "cli/test_backup.py", "cli/test_doctor.py", "cli/test_help_words.py", "cli/test_inbox.py", "cli/test_papers.py",
    "cli/test_plan.py",
    "config/test_private_files.py", "config/test_rubric_file.py",
    "database/record/test_rows.py", "database/test_earlier_databases.py", "database/test_kept_log.py",
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
    "papers/test_issued_with_number.py", "papers/test_recipients.py",
    "planning/test_plan_faults.py", "planning/test_plan_file.py",
    "scans/test_picture.py", "scans/test_shown_text.py", "scans/test_signed_file.py",
    "sheets/findings/test_findings_losses.py", "sheets/findings/test_meetings_sheet.py",
    "sheets/nominations/test_form_faults.py",
    "simulation/",
    "tasks/asking/test_invitations.py", "tasks/asking/test_meeting_by_meeting.py", "tasks/asking/test_requesting.py",
    "tasks/asking/test_requesting_together.py", "tasks/letters/test_by_hand.py", "tasks/letters/test_correcting.py",
    "tasks/letters/test_correcting_alike.py", "tasks/letters/test_correspondence.py",
    "tasks/letters/test_recipients.py", "tasks/letters/test_secrecy.py",
    "tasks/letters/test_sender_that_stands_still.py", "tasks/steps/test_step_limit.py", "tasks/test_incoming.py",
    "tasks/test_incoming_killed.py", "tasks/test_looking_ahead.py", "tasks/test_taken_over.py",
    "tasks/test_worker.py",
    "tools/",
    "web/admin/test_admin.py", "web/browser/", "web/calendar/", "web/connections/", "web/desk/test_access_by_link.py",
    "web/desk/test_errors.py", "web/desk/test_stand_ins.py", "web/desk/test_unsent.py", "web/feeds/test_calendar.py",
    "web/findings/test_findings_draft.py", "web/incoming/test_incoming_pages.py",
    "web/incoming/test_lists_by_mail.py", "web/letters/test_held_letters.py", "web/letters/test_letters_page.py",
    "web/metrics/", "web/nominations/test_chosen_file.py", "web/nominations/test_one_day_for_the_list.py",
    "web/obligations/test_year_papers.py", "web/papers/test_correction.py", "web/papers/test_paper_forms.py",
    "web/papers/test_signed.py", "web/photos/", "web/planning/", "web/register/", "web/reply/test_scoring_by_link.py",
    "web/reports/", "web/scores/test_score_form.py", "web/setting_up/", "web/standing/test_letters_lead_to_forms.py",
    "web/summary/", "web/taking_up/", "web/test_schema.py", "web/test_stale_pages.py",
    "web/visit/test_secret_visit.py", "web/wording/", "web/year/test_year_page.py",
)  # fmt: skip
assert all((_TESTS / one).exists() for one in SLOW), "what is slow has moved"
#: One walk through a visit in a browser is always taken.
_WALK = "web/browser/test_whole_visit.py"


def is_slow(path: Path) -> bool:
    """Whether a file, or what is in it, is left out."""
    file = path.relative_to(_TESTS).as_posix()
    return file.startswith(SLOW) and file != _WALK
