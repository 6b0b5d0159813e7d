"""Facts in, PDF bytes out; the one package that knows reportlab."""
