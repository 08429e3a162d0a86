"""Where is what somebody looks for: a unit, an organisation, a document, a number, a person, a year?"""
