"""Conformance: every book we have, held against judges that nobody on this project wrote."""
