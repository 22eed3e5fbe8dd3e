"""What happens to every request, pages included: one file each."""
