"""Letters: what is written, the outbox that cannot lose them, and the ways they leave."""
