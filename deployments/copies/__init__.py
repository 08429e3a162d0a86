"""What is kept for the day on which the machine is lost, and how does it come back? (0043)"""
