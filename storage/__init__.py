"""The database: rows stay inside, domain objects come out."""

from storage.without_orm import take_its_place

take_its_place()
