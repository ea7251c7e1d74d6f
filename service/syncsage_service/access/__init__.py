"""Who may do what, how often, and how large a request may be: all of it decided before an endpoint runs."""
