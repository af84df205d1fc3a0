"""The commands of `gonghui`, by subject: what is asked for and printed. What they do stands beside this folder."""
