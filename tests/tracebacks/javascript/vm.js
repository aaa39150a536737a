const vm = require('node:vm');
vm.runInNewContext('(function go() { throw new TypeError("in vm"); })()');
