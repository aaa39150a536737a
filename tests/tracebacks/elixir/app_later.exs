Postbox.later(%{body: 3})
