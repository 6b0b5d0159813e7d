"""The letter: what it says and to whom, the page as it will be printed, and how it leaves."""
