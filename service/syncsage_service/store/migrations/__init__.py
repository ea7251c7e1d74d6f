"""Migrations of the tables, one after the other; ``env.py`` is run by Alembic."""
