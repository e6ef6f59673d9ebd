"""Sixteen processes race for the last fifty places of a pool: `python -m tests.loans.race`.

A program of its own, because racers are processes with their own connections. It works in the empty database that
TEST_DATABASE_URL names, and prints what came of each way of racing as JSON.
"""
