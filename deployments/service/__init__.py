"""How does one machine run all of it? `visits up`, what it starts and what it watches."""
