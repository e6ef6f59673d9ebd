"""What the database refuses by itself, on SQLite and PostgreSQL alike.

Triggers are not in migrations: SQLite drops them with an altered table, and they break changes of constraints. They
are dropped before `migrate` and created after it (records/apps.py); a system check and `verify` tell when one is
missing.
"""
