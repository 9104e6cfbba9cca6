"""Which rules can start which: flowcharts of single rules, and the chain graph over all."""
