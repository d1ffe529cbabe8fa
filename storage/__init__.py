"""The database: rows stay inside, domain objects come out."""
