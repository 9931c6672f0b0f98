"""How we know that it is right: curated cases -> scores -> gate."""
