"""How do runs come through a work pool of Prefect's? A part that asks the rows, and workers that Prefect knows."""
