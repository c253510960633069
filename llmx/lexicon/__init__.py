"""Word lists that rules and checks share: small, readable data files and the code that reads them."""
