"""Numbers of headings: read where authors typed them, computed where the structure counts."""
