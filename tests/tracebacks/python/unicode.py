def größe():
    raise ValueError("Datei »größe« fehlt: ✗")


größe()
