"""What happens, in what order, and when does it wait?"""
