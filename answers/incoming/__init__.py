"""What is done about the office's mail: each message a row first, then one act, by a rule or by a person (R62, P26)."""
