"""What keeps the promises, taken away one at a time: does a test notice? The command is tools/mutants.py; docs/explanation/mutants.md says why."""
