"""What lay behind when the plan was taken up."""
