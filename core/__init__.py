"""What every component may use: settings, errors, clock, ids, limits, log. Imports nothing of ours."""
