"""What is measured: `make bench` runs all of it, `python -m benchmarks NAME…` some of it.

docs/performance.md has the figures.
"""
