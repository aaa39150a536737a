class Größe < StandardError; end
def prüfe = raise(Größe, "zu groß: 9 — „x“")
prüfe
