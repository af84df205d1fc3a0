"""The commands of `gonghui`, by subject: options and output. The modules beside this folder do the work."""
