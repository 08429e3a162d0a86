"""What do people see and decide at the desk?"""
