"""What councils chose, as data files, and the code that reads and checks them."""
