"""The values that a message gives or puts right: addresses, usernames, names."""
