"""The central PostgreSQL as its clients and its own programs speak to it."""
