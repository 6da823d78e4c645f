"""Who may do what with the rules: roles, signing in, the second factor, and staff accounts."""
