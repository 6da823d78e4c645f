"""What if: scenarios beside the person's own answers, with every difference marked."""
