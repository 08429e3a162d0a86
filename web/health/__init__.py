"""How the house is: the doctor, at the desk."""
