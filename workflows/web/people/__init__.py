"""Who works where: the tree of offices with their people, and leaving one."""
