"""Prints the URL of a PostgreSQL server that tests may use: TEST_DATABASE_URL, or a local one that answers. Else ""."""

import os

import psycopg

LOCAL = (
    "postgres://postgres@127.0.0.1:5432/suite",
    "postgres://postgres:postgres@127.0.0.1:5432/suite",
    "postgres://%2Fvar%2Frun%2Fpostgresql/suite",
)


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url.rpartition("/")[0] + "/postgres", connect_timeout=2) as connection:
            row = connection.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
            return row is not None and bool(row[0])
    except psycopg.Error:
        return False


if __name__ == "__main__":
    given = os.environ.get("TEST_DATABASE_URL", "")
    candidates = [given] if given else LOCAL
    print(next((url for url in candidates if answers(url)), ""))
