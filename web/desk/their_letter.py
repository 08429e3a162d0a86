"""What an answer from outside came with: the day of its arrival, and the sender's own letter (A4, P1)."""

from datetime import date

from web.desk.posted_form import Form


def read_their_letter(form: Form, today: date, *, asks_received: bool) -> tuple[date, str, date | None]:
    """When their paper came, and their own letter with it: number and day (A4, P1)."""
    received = form.day("received_on", "chưa ghi ngày nhận") if asks_received else today
    if received and received > today:
        form.note("received_on", "ngày nhận chưa tới", "ghi ngày đến thật theo sổ văn thư")
    dated = form.day("their_date")
    if dated and received and dated > received:
        form.note("their_date", "ngày văn bản sau ngày nhận", "kiểm tra lại hai ngày")
    return received or today, form.text("their_symbol"), dated
