"""How is a table read and drawn, whatever program wrote it?"""
