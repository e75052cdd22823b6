"""Links to the data of others (VoID linksets): checked, proposed, accepted.

In: the links of a project or release, dumps of the data they lead to.
Out: contradictions, wrong spellings and lost targets with file and line; candidates to review;
who of ours is who of theirs.
Open first: `links`, then `validate`.
"""
