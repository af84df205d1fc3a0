"""The pages: each view reads what it shows, or gives one command and sends the browser on. Subjects take them in."""
