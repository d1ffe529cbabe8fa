"""Who people are: roles and their terms, languages, consent, invitations, audit."""
