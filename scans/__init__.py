"""What is a file from outside worth: is it harmless, who signed it, does it say what was approved?"""
