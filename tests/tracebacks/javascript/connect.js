const net = require('node:net');
net.connect(1, '127.0.0.1');
