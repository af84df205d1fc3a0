"""The benchmark: the real stack under load, each figure beside a limit or baseline measured in the same run."""
