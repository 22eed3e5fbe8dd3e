"""Redis, for several processes: sign-up conversations under way, counted attempts. Optional; everything has another home."""
