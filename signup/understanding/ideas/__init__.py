"""What a sentence means that nobody listed: the ideas its words stand for, and the rules about which mean something together."""
