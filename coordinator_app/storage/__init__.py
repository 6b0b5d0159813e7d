"""The two stores; SQLAlchemy, psycopg, Alembic and SQLCipher live here only."""
