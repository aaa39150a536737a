const { EventEmitter } = require('node:events');
const bus = new EventEmitter();
function publish() {
  bus.emit('error', new Error('no listener'));
}
publish();
