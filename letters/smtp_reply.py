"""Turns what a mail server said into one line of text that can be stored and shown."""

from letters.smtp_conversation import reply_in


def reply_line(code: int, answer: bytes) -> str:
    """`250 2.0.0 Ok: queued as 4F1A`, whatever its line breaks and bytes; the code only if there was one."""
    text = " ".join(answer.decode("utf-8", "replace").split())
    return f"{code} {text}" if code > 0 else text


def error_line(error: Exception) -> str:
    """The server's words in an error, or the error's own."""
    if reply := reply_in(error):
        code, answer = reply
        return reply_line(code, answer if isinstance(answer, bytes) else str(answer).encode())
    return " ".join(str(error).split()) or type(error).__name__
