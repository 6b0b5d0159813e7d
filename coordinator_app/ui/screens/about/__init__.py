"""What the list is and is not, what is still a draft, how old the data is, and how the day stands."""
