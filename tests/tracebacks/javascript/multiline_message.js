function parse() {
  throw new Error('bad template:\n  line 1\n\n    at the end of it\nline 4');
}
parse();
