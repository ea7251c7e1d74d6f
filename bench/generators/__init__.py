"""Made-up material for benchmarks, the same from every seed."""
