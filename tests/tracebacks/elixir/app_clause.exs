Postbox.clause("x")
