"""What the matching is measured against: other ways to rank, and the whole system with one stage left out."""
