"""One call: who it is with, what came of it, what was said, what comes next."""
