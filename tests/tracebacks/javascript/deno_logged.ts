function bill(): void {
  throw new Error("no rate");
}
try {
  bill();
} catch (e) {
  console.error("billing failed", e);
}
