"""How is a file from outside read without harm to the service?"""
