const path = require('node:path');
function join() {
  return path.join(null);
}
join();
