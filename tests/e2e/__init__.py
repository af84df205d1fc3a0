"""Stories through HTTP, over every service, on the embedded union and on the real one."""
