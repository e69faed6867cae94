"""One script per figure, each compared with its limit in the same run."""
