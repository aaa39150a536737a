const api = {};
api.save = function store() { throw new Error('read only'); };
api.keep = api.save;
api.keep();
