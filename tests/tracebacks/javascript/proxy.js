const p = new Proxy({}, { get(t, name) { throw new ReferenceError('no ' + String(name)); } });
p.anything;
