function read(text) {
  return JSON.parse(text);
}
read('{"a": 1,}');
