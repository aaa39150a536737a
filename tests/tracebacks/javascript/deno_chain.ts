class StoreError extends Error {
  override name = "StoreError";
}
function load(key: string): never {
  throw new RangeError(`no key ${key}`);
}
function page(): void {
  try {
    load("p9");
  } catch (e) {
    throw new StoreError("cannot show page", { cause: e });
  }
}
page();
