"""What travels between workstation and centre, and who wins."""
