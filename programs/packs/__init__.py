"""Rule packs: the written form of the rules, as YAML documents checked against a schema."""
