"""The `visits` command: everything the office types (`visits --help`)."""

import typer

from cli import (
    accounts,
    backup,
    contacts,
    correcting,
    coverage,
    deciding,
    doctor,
    importing,
    inbox,
    letters,
    numbers,
    papers,
    parts,
    plan,
    remedies,
    reports,
    restored,
    rubric,
    scores,
    seeing,
    serving,
    summary,
    taking_out,
    taking_up,
    working_calendar,
)
from cli.help_words import in_vietnamese
from config.private_files import keep_private

app = typer.Typer(
    name="visits",
    help="Dự, giám sát sinh hoạt Đảng theo kế hoạch năm: từ đề nghị danh sách đến thông báo kết quả.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
serving.add_to(app)
parts.add_to(app)
coverage.add_to(plan.app)
app.add_typer(plan.app, name="plan")
app.add_typer(contacts.app, name="contacts")
app.add_typer(rubric.app, name="rubric")
app.add_typer(working_calendar.app, name="calendar")
seeing.add_to(app)
app.add_typer(importing.nominations_app, name="nominations")
deciding.add_to(app)
taking_up.add_to(app)
papers.add_to(app)
correcting.add_to(app)
taking_out.add_to(app)
app.add_typer(numbers.app, name="numbers")
app.add_typer(importing.findings_app, name="findings")
app.add_typer(scores.app, name="score")
app.add_typer(remedies.app, name="remedies")
app.add_typer(reports.app, name="reports")
app.add_typer(summary.app, name="summary")
app.add_typer(letters.app, name="letters")
app.add_typer(inbox.app, name="inbox")
app.add_typer(accounts.app, name="users")
doctor.add_to(app)
restored.add_to(app)
backup.add_to(app)


def main() -> None:
    """Entry point of `visits`. Exit codes: 0 done, 1 refused, 2 wrong usage."""
    keep_private()
    in_vietnamese(app)()


if __name__ == "__main__":
    main()
