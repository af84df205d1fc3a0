"""What is done for privacy: withdrawal, own copies, corrections, erasing, breach lists."""
