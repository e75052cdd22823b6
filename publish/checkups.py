"""Commands of `lodpub` that look at what is published: here, or anywhere on the web."""
