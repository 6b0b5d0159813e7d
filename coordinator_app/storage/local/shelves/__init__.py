"""Where the local store's rows become domain values; rows never travel further."""
