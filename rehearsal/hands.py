"""With what the people of a rehearsal act: they answer straight away; others may put a browser into their hands."""

from answers import self_reports
from answers.changes import move
from answers.choice import choose
from answers.findings import report_findings
from answers.letters import resolve
from answers.nominations import accept, nominate
from answers.papers import approve, issue
from answers.remedies import reply
from answers.running_again import run_again
from answers.summary import propose


class Hands:
    """Everything they ever do; who does what, and when, is `people.py`'s and `year_people.py`'s."""

    nominate = staticmethod(nominate)
    accept = staticmethod(accept)
    choose = staticmethod(choose)
    move = staticmethod(move)
    report_findings = staticmethod(report_findings)
    approve = staticmethod(approve)
    issue = staticmethod(issue)
    reply = staticmethod(reply)
    receive_report = staticmethod(self_reports.receive)
    accept_report = staticmethod(self_reports.accept)
    send_report_back = staticmethod(self_reports.send_back)
    propose = staticmethod(propose)
    resolve = staticmethod(resolve)
    run_again = staticmethod(run_again)
