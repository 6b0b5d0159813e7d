"""What this computer offers: paths, settings, keyring, log, incidents, resources."""
