"""Pages below and beside the flowchart: rules, log, gates, jobs, limits, dry run, audit."""
