const assert = require('node:assert');
assert(1 === 2, 'sums are wrong');
