Postbox.all([%{body: nil}])
