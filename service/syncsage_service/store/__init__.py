"""What outlives the process: tables, and what reads and writes them."""
