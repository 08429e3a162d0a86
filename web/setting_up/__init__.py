"""The first day of an office: what must be said before the year can begin, step by step, to a service that is well."""
