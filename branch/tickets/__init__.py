"""Questions that wait for a person: asked by a student, answered by a member, and back."""
