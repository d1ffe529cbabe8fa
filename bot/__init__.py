"""The running program: settings, command line, wiring, runtime, transport."""
