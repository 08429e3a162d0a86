"""How are runs kept quick? A few processes that stay, each doing one run after another."""
